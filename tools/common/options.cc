#include "common/options.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace stepreg::tools {

CLI::Validator one_of(std::span<const std::string_view> words) {
  const std::vector<std::string> known(words.begin(), words.end());
  const auto check = [known](const std::string& value) -> std::string {
    if (std::find(known.begin(), known.end(), value) != known.end()) return {};
    const std::vector<std::string_view> views(known.begin(), known.end());
    const std::string_view guess = best_guess(value, views);
    return "no such choice: " + stepreg::quoted(value) +
           (guess.empty() ? "" : "; did you mean " + stepreg::quoted(guess) + "?") +
           " (choices: " + join(known, ", ") + ")";
  };
  return CLI::Validator(check, join(known, "|"));
}

CLI::Option* add_output_option(CLI::App& command, std::string& format,
                               std::span<const std::string_view> formats) {
  return command.add_option("-o,--output", format, "Output format")
      ->check(one_of(formats))
      ->type_name("FORMAT")
      ->capture_default_str();
}

CLI::Option* add_colour_option(CLI::App& command, ColourChoice& choice) {
  const std::map<std::string, ColourChoice> choices{{"auto", ColourChoice::automatic},
                                                    {"always", ColourChoice::always},
                                                    {"never", ColourChoice::never}};
  return command.add_option("--color", choice, "Colour: auto, always or never")
      ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case))
      ->type_name("WHEN")
      ->default_str("auto");
}

}  // namespace stepreg::tools
