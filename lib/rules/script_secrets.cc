// Credentials that end up in the log (L122).
#include <algorithm>
#include <map>

#include "base/text.h"
#include "rules/script_rules.h"

namespace stepreg::rules {

namespace {

using script::Command;
using script::End;

// Directories and files whose content is secret for every step that runs the script.
std::vector<std::string> secret_places(const ScriptFacts& script) {
  std::vector<std::string> places{"${CLUSTER_PROFILE_DIR}/"};
  for (const StepComponent* step : script.steps) {
    for (const auto& credential : step->definition.step.credentials) {
      std::string path(*credential->mount_path);
      while (path.ends_with('/')) path.pop_back();
      if (path.size() > 1) places.push_back(path + "/");
    }
  }
  return places;
}

// Half of a key pair, or what names a thing and opens none.
bool is_public_name(const std::string& path) {
  const std::string name = lower(path.substr(path.rfind('/') + 1));
  for (const std::string_view word :
       {"pub", "region", "domain", "name", "project", "version", "url", "host", "_id", "-id",
        "endpoint", "account", "zone", "email", "config.json", ".crt"}) {
    if (name.find(word) != std::string::npos) return true;
  }
  return false;
}

// What the script knows of secrets, and of the variables that lead to them.
class Secrets {
 public:
  explicit Secrets(const ScriptFacts& script) : places_(secret_places(script)) {
    for (const Command& command : script.shell.commands) {
      for (const script::Word& word : command.assignments) note(script::plain_text(word.raw));
      const auto words = program_and_arguments(command);
      if (words.empty() || !declares_variables(words[0])) continue;
      for (std::size_t i = 1; i < words.size(); ++i) note(words[i]);
    }
    std::erase_if(variables_, [&](const auto& each) { return !is_constant(script, each.first); });
  }

  // The word as it stands, or with the variable at its beginning replaced, and so on.
  bool contains(std::string word) const {
    constexpr int kDeepest = 4;
    for (int depth = 0; depth < kDeepest; ++depth) {
      if (is_secret(word)) return true;
      const std::size_t end = word.find('}');
      if (!word.starts_with("${") || end == std::string::npos) return false;
      const auto known = variables_.find(word.substr(2, end - 2));
      if (known == variables_.end()) return false;
      word = known->second.value + word.substr(end + 1);
    }
    return false;
  }

 private:
  struct Variable {
    std::string value;
    std::size_t notes = 0;  // assignments of this value, and `export NAME` and the like
    bool varies = false;
  };

  bool is_secret(const std::string& word) const;

  // "NAME=VALUE" or "NAME".
  void note(const std::string& word) {
    const std::size_t equals = word.find('=');
    Variable& variable = variables_[word.substr(0, equals)];
    ++variable.notes;
    if (equals == std::string::npos) return;
    const std::string value = word.substr(equals + 1);
    variable.varies = variable.varies || (!variable.value.empty() && variable.value != value);
    variable.value = value;
  }

  // Has it one value, wherever it is read? Any other mention may give it another one (`read`,
  // `for`).
  bool is_constant(const ScriptFacts& script, const std::string& name) const {
    const Variable& variable = variables_.at(name);
    if (variable.varies || variable.value.empty()) return false;
    const auto reads =
        std::count_if(script.shell.reads.begin(), script.shell.reads.end(),
                      [&](const script::VariableRead& read) { return read.name == name; });
    return script::count_mentions(script.text(), name) ==
           variable.notes + static_cast<std::size_t>(reads);
  }

  std::vector<std::string> places_;
  std::map<std::string, Variable> variables_;
};

bool Secrets::is_secret(const std::string& word) const {
  if (word == "${KUBEADMIN_PASSWORD_FILE}") return true;
  return std::any_of(places_.begin(), places_.end(), [&](const std::string& place) {
    return word.starts_with(place) && word.size() > place.size() && !is_public_name(word);
  });
}

// The secret file that a command prints, or "".
std::string printed_file(const Command& command, const Secrets& secrets) {
  const auto words = program_and_arguments(command);
  if (words.empty() || (words[0] != "cat" && words[0] != "head" && words[0] != "tail")) return "";
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (secrets.contains(words[i])) return words[i];
  }
  return "";
}

bool goes_to_log(const Command& command) {
  return command.redirections.empty() && command.end != End::pipe && !command.in_substitution &&
         !command.in_group && !command.in_function;
}

void check_printed(const ScriptFacts& script, const Secrets& secrets, Sink& sink) {
  for (const Command& command : script.shell.commands) {
    if (!goes_to_log(command)) continue;
    const std::string file = printed_file(command, secrets);
    if (file.empty()) continue;
    add_at_command(script, sink, rule("SR525"), command, file,
                   in_quotes(file) + " is secret, and its content goes to the log")
        .hint = "hand the file on without printing it";
  }
}

// 1: `set -x`, -1: `set +x`, 0: neither.
int tracing_change(const Command& command) {
  const auto words = program_and_arguments(command);
  if (words.empty() || words[0] != "set") return 0;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool is_flags = (word[0] == '-' || word[0] == '+') && word.size() > 1 && word[1] != '-';
    if (!is_flags) continue;
    const bool named =
        word.find('o') != std::string::npos && i + 1 < words.size() && words[i + 1] == "xtrace";
    if (named || word.find('x') != std::string::npos) return word[0] == '-' ? 1 : -1;
  }
  return 0;
}

std::vector<const Command*> in_text_order(const ScriptFacts& script) {
  std::vector<const Command*> commands;
  for (const Command& command : script.shell.commands) commands.push_back(&command);
  std::stable_sort(commands.begin(), commands.end(),
                   [](const Command* a, const Command* b) { return a->offset < b->offset; });
  return commands;
}

void check_traced(const ScriptFacts& script, const Secrets& secrets, Sink& sink) {
  const Command* traced_from = nullptr;
  const std::vector<const Command*> commands = in_text_order(script);
  // Nobody knows when a function runs; when tracing is never switched off, it does not matter.
  const bool stays_on = std::none_of(commands.begin(), commands.end(), [](const Command* command) {
    return tracing_change(*command) < 0;
  });
  for (const Command* command : commands) {
    const int change = tracing_change(*command);
    const bool surely = !command->in_function && !command->conditional && !command->in_substitution;
    if (change < 0) traced_from = nullptr;
    if (change > 0 && surely) traced_from = command;
    if (traced_from == nullptr || !command->in_substitution) continue;
    if (command->in_function && !stays_on) continue;
    const std::string file = printed_file(*command, secrets);
    if (file.empty() || command->end == End::pipe) continue;
    Diagnostic& finding = add_at_command(
        script, sink, rule("SR526"), *command, file,
        "the shell traces its commands, so the content of " + in_quotes(file) + " goes to the log");
    finding.hint = "write `set +x` before, and `set -x` behind";
    finding.notes.push_back(
        {location_in(*script.file, traced_from->offset, 3), "tracing is switched on here"});
  }
}

}  // namespace

void check_script_secrets(const ScriptFacts& script, Sink& sink) {
  if (!script.is_understood()) return;
  const Secrets secrets(script);
  check_printed(script, secrets, sink);
  check_traced(script, secrets, sink);
}

}  // namespace stepreg::rules
