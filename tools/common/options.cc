#include "common/options.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg::tools {

std::string refused_choice(const std::string& word, const std::vector<std::string>& known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  const std::string_view guess = best_guess(word, views);
  return "no such choice: " + in_quotes(word) +
         (guess.empty() ? "" : "; did you mean " + in_quotes(guess) + "?") +
         " (choices: " + join(known, ", ") + ")";
}

CLI::Validator one_of(std::span<const std::string_view> words) {
  const std::vector<std::string> known(words.begin(), words.end());
  const auto check = [known](const std::string& value) -> std::string {
    if (std::find(known.begin(), known.end(), value) != known.end()) return {};
    return refused_choice(value, known);
  };
  return CLI::Validator(check, "");
}

CLI::Option* add_output_option(CLI::App& command, std::string& format,
                               std::span<const std::string_view> formats) {
  return command
      .add_option(
          "-o,--output", format,
          "Output format: " + join(std::vector<std::string>(formats.begin(), formats.end()), ", "))
      ->check(one_of(formats))
      ->type_name("FORMAT")
      ->capture_default_str();
}

CLI::Option* add_colour_option(CLI::App& command, ColourChoice& choice) {
  const std::map<std::string, ColourChoice> choices{{"auto", ColourChoice::automatic},
                                                    {"always", ColourChoice::always},
                                                    {"never", ColourChoice::never}};
  return command.add_option("--color", choice, "Colour: auto, always or never")
      ->transform(choice_of(choices))
      ->type_name("WHEN")
      ->default_str("auto");
}

}  // namespace stepreg::tools
