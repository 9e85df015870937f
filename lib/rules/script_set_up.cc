// What a set-up leaves to those who come after it: the way to the cluster, and the names of what it
// made (L118, L119, L121).
#include <algorithm>

#include "base/fs.h"
#include "base/text.h"
#include "rules/script_rules.h"

namespace stepreg::rules {

namespace {

using script::Command;

void check_kubeconfig_left(const ScriptFacts& script, Sink& sink) {
  if (reads_further_text(script)) return;
  const std::string text = lower(script.text());
  if (text.find("kubeconfig") != std::string::npos || text.find("/auth") != std::string::npos)
    return;
  for (const Command& command : script.shell.commands) {
    const auto words = program_and_arguments(command);
    if (words.empty() || base_name(words[0]) != "openshift-install") continue;
    if (!has_word(words, "create") || !has_word(words, "cluster")) continue;
    add_at_command(script, sink, rule("SR538"), command, "kubeconfig",
                   "the cluster is installed, and its kubeconfig is not written to SHARED_DIR")
        .hint = "copy auth/kubeconfig to ${SHARED_DIR}/kubeconfig";
    return;
  }
}

bool changes_kubeconfig(const std::vector<std::string>& words) {
  if (words.size() < 2 || (words[0] != "oc" && words[0] != "kubectl")) return false;
  const bool elsewhere = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word.starts_with("--kubeconfig") || word.starts_with("--config");
  });
  if (elsewhere) return false;
  if (words[0] == "oc" && words[1] == "login") return true;
  if (words[0] == "oc" && words[1] == "project" && words.size() == 3) return true;
  return words[1] == "config" && words.size() > 2 &&
         (words[2].starts_with("set-") || words[2].starts_with("use-"));
}

// Only what nothing in the script itself can have been meant for.
void check_kubeconfig_change(const ScriptFacts& script, Sink& sink) {
  if (is_set_somewhere(script.text(), "KUBECONFIG") || !script.shell.functions.empty()) return;
  const Command* last = nullptr;
  for (const Command& command : script.shell.commands) {
    const bool changes = changes_kubeconfig(program_and_arguments(command));
    if (changes && !command.in_group && !command.in_substitution && !command.tested) {
      last = &command;
    } else if (!is_idle(command)) {
      last = nullptr;
    }
  }
  if (last == nullptr) return;
  add_at_command(
      script, sink, rule("SR539"), *last, "KUBECONFIG",
      "this changes the step's own copy of the kubeconfig, and nothing uses it afterwards")
      .hint = "do it in the step that needs it, or write the file to SHARED_DIR";
}

bool creates(const Command& command) {
  const auto words = program_and_arguments(command);
  if (words.empty()) return false;
  if (words[0] == "aws") {
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
      return word.starts_with("create-") || word.starts_with("allocate-") ||
             word == "run-instances";
    });
  }
  const bool is_cloud = words[0] == "gcloud" || words[0] == "az" || words[0] == "openstack" ||
                        words[0] == "ibmcloud" || words[0] == "aliyun";
  return is_cloud && has_word(words, "create");
}

bool is_within(const Command& inner, const script::Word& word) {
  return inner.offset > word.offset && inner.offset < word.offset + word.raw.size();
}

// NAME of `NAME=$(... create ...)`, or nothing.
std::string_view created_name(const ScriptFacts& script, const script::Word& assignment) {
  const bool is_creation = std::any_of(
      script.shell.commands.begin(), script.shell.commands.end(), [&](const Command& inner) {
        return inner.in_substitution && is_within(inner, assignment) && creates(inner);
      });
  if (!is_creation) return {};
  return assignment.raw.substr(0, assignment.raw.find('='));
}

bool notes_down(const Command& command, std::string_view name) {
  const bool to_shared = std::any_of(
      command.redirections.begin(), command.redirections.end(),
      [](const script::Redirection& each) {
        return each.op.starts_with('>') && shared_path(script::plain_text(each.target.raw)).is_one;
      });
  return to_shared &&
         std::any_of(command.words.begin(), command.words.end(),
                     [&](const script::Word& word) { return script::mentions(word.raw, name); });
}

void check_noted(const ScriptFacts& script, const Command& creation, std::string_view name,
                 Sink& sink) {
  const Command* work = nullptr;
  for (const Command& command : script.shell.commands) {
    if (command.offset <= creation.offset + name.size() || command.in_function) continue;
    if (notes_down(command, name)) {
      if (work == nullptr) return;
      Diagnostic& finding =
          add_at_command(script, sink, rule("SR540"), creation, std::string(name),
                         "what is created here is written down only after further work");
      finding.hint = "write it to SHARED_DIR at once";
      finding.notes.push_back({location_in(*script.file, work->offset, 1), "work in between"});
      finding.notes.push_back({location_in(*script.file, command.offset, 1), "written down here"});
      return;
    }
    const bool is_part = is_within(command, creation.assignments.front());
    if (!is_part && !is_idle(command) && work == nullptr) work = &command;
  }
}

void check_creations(const ScriptFacts& script, Sink& sink) {
  for (const Command& command : script.shell.commands) {
    if (command.assignments.size() != 1 || !command.words.empty() || command.in_function) continue;
    const std::string_view name = created_name(script, command.assignments.front());
    if (!name.empty()) check_noted(script, command, name, sink);
  }
}

}  // namespace

void check_script_set_up(const ScriptFacts& script, Sink& sink) {
  if (!script.is_understood() || script.steps.empty()) return;
  if (is_cleanup_name(script.steps.front()->name)) return;
  check_kubeconfig_left(script, sink);
  check_kubeconfig_change(script, sink);
  check_creations(script, sink);
}

}  // namespace stepreg::rules
