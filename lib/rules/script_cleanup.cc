// What makes a cleanup miss something (L111, L120, T113), and downloads without a limit (L139).
#include <algorithm>

#include "base/text.h"
#include "rules/script_rules.h"

namespace stepreg::rules {

namespace {

using script::Command;

// The option that makes a deletion return at once, or "".
std::string no_wait_option(const std::vector<std::string>& words) {
  if (words.empty()) return "";
  const bool deletes = has_word(words, "delete");
  if ((words[0] == "oc" || words[0] == "kubectl") && deletes && has_word(words, "--wait=false")) {
    return "--wait=false";
  }
  if (words[0] == "az" && deletes && has_word(words, "--no-wait")) return "--no-wait";
  if (words[0] == "gcloud" && deletes && has_word(words, "--async")) return "--async";
  return "";
}

bool waits(const std::vector<std::string>& words) {
  if (words.empty()) return false;
  return words[0] == "wait" || words[0] == "sleep" || words[0].find("wait") != std::string::npos ||
         has_word(words, "wait");
}

void check_deletions(const ScriptFacts& script, Sink& sink) {
  const Command* deletion = nullptr;
  std::string option;
  for (const Command& command : script.shell.commands) {
    const auto words = program_and_arguments(command);
    const std::string found = no_wait_option(words);
    if (!found.empty() && deletion == nullptr) {
      deletion = &command;
      option = found;
    } else if (deletion != nullptr && waits(words)) {
      return;
    }
  }
  if (deletion == nullptr || reads_further_text(script)) return;
  add_at_command(script, sink, rule("SR535"), *deletion, option,
                 "`" + option + "`: the deletion is started, and nothing waits for its end")
      .hint = "leave the option out, with a limit on the time";
}

bool is_test(const std::vector<std::string>& words) {
  return !words.empty() && (words[0] == "[" || words[0] == "[[" || words[0] == "test" ||
                            words[0] == "ls" || words[0] == "stat" || words[0] == "find");
}

// Any question whether a file is there, or a script that goes on after errors.
bool is_careful(const ScriptFacts& script) {
  for (const Command& command : script.shell.commands) {
    const auto words = program_and_arguments(command);
    if (is_test(words)) {
      for (const std::string_view operation : {"-f", "-e", "-s", "-r", "-d"}) {
        if (has_word(words, operation)) return true;
      }
      if (words[0] == "ls" || words[0] == "stat" || words[0] == "find") return true;
    }
    if (!words.empty() && words[0] == "set" &&
        (has_word(words, "+e") || has_word(words, "+eu") || has_word(words, "+o"))) {
      return true;
    }
  }
  return false;
}

// The file of SHARED_DIR without which the command fails, or "".
std::string needed_file(const Command& command) {
  for (const script::Redirection& redirection : command.redirections) {
    std::string path = script::plain_text(redirection.target.raw);
    if (redirection.op == "<" && shared_path(path).is_one) return path;
  }
  const auto words = program_and_arguments(command);
  if (words.empty()) return "";
  const bool reads = words[0] == "cat" || words[0] == "source" || words[0] == "." ||
                     words[0] == "jq" || words[0] == "cp" || words[0] == "tar";
  for (std::size_t i = 1; reads && i < words.size(); ++i) {
    const bool is_target = words[0] == "cp" && i + 1 == words.size();
    const bool is_pattern = words[i].find_first_of("*?") != std::string::npos;
    if (!is_target && !is_pattern && !shared_path(words[i]).rest.empty()) return words[i];
  }
  return "";
}

void check_needed_files(const ScriptFacts& script, Sink& sink) {
  if (is_careful(script)) return;
  for (const Command& command : script.shell.commands) {
    if (command.tested || command.conditional) continue;
    const std::string file = needed_file(command);
    if (file.empty()) continue;
    add_at_command(
        script, sink, rule("SR536"), command, file,
        "the cleanup ends here when the set-up did not get as far as writing " + in_quotes(file))
        .hint = "ask first: [[ -f FILE ]]";
    return;
  }
}

bool is_name_variable(const std::string& name) {
  const std::string small = lower(name);
  for (const std::string_view passing : {"tmp", "temp", "file", "user", "pass", "secret", "host"}) {
    if (small.find(passing) != std::string::npos) return false;
  }
  return small.ends_with("name") || small.ends_with("prefix") || small.ends_with("suffix") ||
         small == "cluster_id";
}

void check_random_name(const ScriptFacts& script, std::string_view assignment, std::size_t offset,
                       Sink& sink) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos) return;
  const std::string name(assignment.substr(0, equals));
  const std::string_view value = assignment.substr(equals + 1);
  const bool is_random = script::mentions(value, "RANDOM") || script::mentions(value, "uuidgen") ||
                         value.find("/dev/urandom") != std::string_view::npos;
  if (!is_random || !is_name_variable(name)) return;
  add_in_script(script, sink, rule("SR527"), offset, assignment.size(), name,
                in_quotes(name) + " is random, and no later step can know it")
      .hint = "derive it from UNIQUE_HASH, or write it to SHARED_DIR before it is used";
}

void check_random_names(const ScriptFacts& script, Sink& sink) {
  if (script::mentions(script.text(), "SHARED_DIR")) return;
  for (const Command& command : script.shell.commands) {
    for (const script::Word& word : command.assignments) {
      check_random_name(script, word.raw, word.offset, sink);
    }
    const bool declares_variables = !command.words.empty() && (command.words[0].raw == "export" ||
                                                               command.words[0].raw == "local" ||
                                                               command.words[0].raw == "readonly");
    for (std::size_t i = 1; declares_variables && i < command.words.size(); ++i) {
      check_random_name(script, command.words[i].raw, command.words[i].offset, sink);
    }
  }
}

bool is_limited_download(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const bool short_option = word.size() > 1 && word[0] == '-' && word[1] != '-';
    if (short_option && word.find_first_of("myK") != std::string::npos) return true;
    for (const std::string_view option :
         {"--max-time", "--speed-", "--config", "--retry-max-time"}) {
      if (word.starts_with(option)) return true;
    }
    // Options that come out of a variable.
    if (word.starts_with("${") && word.find("://") == std::string::npos) return true;
  }
  return false;
}

void check_downloads(const ScriptFacts& script, Sink& sink) {
  for (const Command& command : script.shell.commands) {
    const auto words = program_and_arguments(command);
    if (words.empty() || words[0] != "curl" || command.words[0].raw == "timeout") continue;
    const auto url = std::find_if(words.begin(), words.end(), [](const std::string& word) {
      return word.starts_with("https://") || word.starts_with("http://");
    });
    if (url == words.end() || url->find("//localhost") != std::string::npos ||
        url->find("//127.") != std::string::npos || is_limited_download(words)) {
      continue;
    }
    add_at_command(script, sink, rule("SR537"), command, *url,
                   "`curl` has no limit of its own for " + in_quotes(*url))
        .hint = "add `--max-time SECONDS`, and `--retry 3` if another try may help";
  }
}

}  // namespace

void check_script_cleanup(const ScriptFacts& script, Sink& sink) {
  if (!script.is_understood()) return;
  const bool cleans_up =
      std::any_of(script.steps.begin(), script.steps.end(),
                  [](const StepComponent* step) { return is_cleanup_name(step->name); });
  if (cleans_up && sink.wants(rule("SR535"))) check_deletions(script, sink);
  if (cleans_up && sink.wants(rule("SR536"))) check_needed_files(script, sink);
  if (sink.wants(rule("SR527"))) check_random_names(script, sink);
  if (sink.wants(rule("SR537"))) check_downloads(script, sink);
}

}  // namespace stepreg::rules
