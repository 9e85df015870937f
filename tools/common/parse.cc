#include "common/parse.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "common/terminal.h"

namespace stepreg::tools {

namespace {

// The subcommand that the words led to.
CLI::App& innermost(CLI::App& app) {
  CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().back();
  return *command;
}

std::string full_name(const CLI::App& command) {
  if (command.get_parent() == nullptr) return command.get_name();
  return full_name(*command.get_parent()) + " " + command.get_name();
}

std::vector<std::string> subcommands_of(CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* each : command.get_subcommands({})) names.push_back(each->get_name());
  return names;
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string guess_text(const std::string& word, const std::vector<std::string>& known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  const std::string_view guess = best_guess(word, views);
  return guess.empty() ? "" : "; did you mean " + in_quotes(guess) + "?";
}

// What CLI11 says, with a guess for a word that it does not know.
std::string mistake(CLI::App& command, const CLI::ParseError& error) {
  const std::vector<std::string> left = command.remaining();
  const auto option = std::find_if(left.begin(), left.end(),
                                   [](const std::string& word) { return word.rfind('-', 0) == 0; });
  if (option != left.end()) {
    const std::string name = option->substr(0, option->find('='));
    return "no such option: " + in_quotes(name) + guess_text(name, options_of(command));
  }
  const std::vector<std::string> known = subcommands_of(command);
  if (known.empty()) {
    return left.empty() ? error.what() : "one word too many: " + in_quotes(left.front());
  }
  if (left.empty()) return "a command is missing (commands: " + join(known, ", ") + ")";
  return "no such command: " + in_quotes(left.front()) + guess_text(left.front(), known) +
         " (commands: " + join(known, ", ") + ")";
}

}  // namespace

Parsed parse(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return {true, false};
  } catch (const CLI::Success& asked) {  // --help, --version
    app.exit(asked);
    return {true, true};
  } catch (const CLI::ParseError& error) {
    CLI::App& command = innermost(app);
    const std::string name = full_name(command);
    print_error(name + ": " + mistake(command, error) + "\nRun `" + name + " --help` for more.\n");
    return {};
  }
}

}  // namespace stepreg::tools
