// What scripts do in SHARED_DIR (L114 to L116): only small plain files are handed on.
#include <algorithm>

#include "base/fs.h"
#include "base/text.h"
#include "rules/script_rules.h"

namespace stepreg::rules {

namespace {

using script::Command;
using script::Redirection;

bool is_option(std::string_view word) {
  return word.size() > 1 && word[0] == '-';
}

bool has_flag(const std::vector<std::string>& words, std::string_view letters,
              std::string_view name) {
  return std::any_of(words.begin() + 1, words.end(), [&](const std::string& word) {
    if (word == name) return true;
    return is_option(word) && word[1] != '-' && word.find_first_of(letters) != std::string::npos;
  });
}

// SHARED_DIR as a scratch place: what is made there is packed or removed again.
bool is_scratch(const ScriptFacts& script) {
  for (const Command& command : script.shell.commands) {
    const auto words = program_and_arguments(command);
    if (words.empty()) continue;
    const bool takes_away = words[0] == "tar" || words[0] == "rm" || words[0] == "rmdir" ||
                            words[0] == "zip" || words[0] == "mv";
    if (!takes_away) continue;
    const bool of_directory = words[0] != "rm" || has_flag(words, "rR", "--recursive");
    for (std::size_t i = 1; of_directory && i < words.size(); ++i) {
      if (shared_path(words[i]).is_one) return true;
    }
  }
  return false;
}

// A name without an ending is most likely a directory; what an expansion gives is not known.
bool looks_like_directory(std::string_view source) {
  while (source.size() > 1 && source.ends_with('/')) source.remove_suffix(1);
  const std::string_view name = base_name(source);
  return !name.empty() && name.find_first_of(".*?{}$") == std::string_view::npos;
}

bool copies_directory(const std::vector<std::string>& words) {
  if (words[0] != "cp" || words.size() < 3) return false;
  if (!has_flag(words, "rRa", "--recursive") || !shared_path(words.back()).is_one) return false;
  return std::any_of(words.begin() + 1, words.end() - 1, [](const std::string& word) {
    return !is_option(word) && looks_like_directory(word);
  });
}

void check_directories(const ScriptFacts& script, Sink& sink) {
  const bool scratch = is_scratch(script);
  for (const Command& command : script.shell.commands) {
    const auto words = program_and_arguments(command);
    if (words.empty() || scratch) continue;
    if (copies_directory(words)) {
      add_at_command(script, sink, rule("SR520"), command, std::string(words.back()),
                     "a directory is copied into SHARED_DIR; only plain files are handed on")
          .hint = "pack it into one file with `tar`";
    }
    if (words[0] != "mkdir") continue;
    for (const std::string& word : words) {
      const SharedPath path = shared_path(word);
      if (!path.is_one || path.rest.empty()) continue;
      add_at_command(script, sink, rule("SR520"), command, word,
                     "the directory " + in_quotes(word) + " is not handed on to later steps")
          .hint = "use plain files in SHARED_DIR, and ${TMPDIR:-/tmp} for work of this step";
    }
  }
}

bool is_large_name(std::string_view name) {
  for (const std::string_view ending :
       {".iso", ".qcow2", ".qcow2.gz", ".ova", ".vmdk", ".raw", ".raw.gz", ".img", ".rpm"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

bool is_any(const std::string& program, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), program) != names.end();
}

// The word of a command that puts something large into SHARED_DIR, or "".
std::string large_target(const std::vector<std::string>& words) {
  const auto mentions_word = [&](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const bool dumps = mentions_word("must-gather") ||
                     (is_any(words[0], {"podman", "docker", "buildah"}) && mentions_word("save"));
  const bool fetches = is_any(words[0], {"curl", "wget", "cp", "mv", "skopeo", "qemu-img"});
  for (const std::string& word : words) {
    const std::size_t at = word.find("${SHARED_DIR}");
    if (at == std::string::npos) continue;
    const bool is_target = at == 0 || word[at - 1] == '=' || word[at - 1] == ':';
    const bool is_archive = words[0] == "skopeo" && at > 0 && word[at - 1] == ':';
    if (is_target && (dumps || is_archive)) return word;
    if (is_target && fetches && is_large_name(word) && &word != &words[1]) return word;
  }
  return "";
}

void check_sizes(const ScriptFacts& script, Sink& sink) {
  for (const Command& command : script.shell.commands) {
    const auto words = program_and_arguments(command);
    if (words.size() < 2) continue;
    const std::string target = large_target(words);
    if (target.empty()) continue;
    add_at_command(script, sink, rule("SR521"), command, target,
                   "what is written to " + in_quotes(target) +
                       " is likely larger than the 1 MiB that SHARED_DIR may hold")
        .hint = "write it to ARTIFACT_DIR";
  }
}

bool is_output(const Redirection& redirection) {
  return redirection.op == ">" || redirection.op == ">>" || redirection.op == ">|" ||
         redirection.op == "&>" || redirection.op == "&>>";
}

struct Write {
  const Command* command;
  std::string path;
};

// Files of SHARED_DIR that a command writes; all other uses go to `other`.
void sort_uses(const Command& command, std::vector<Write>& writes,
               std::vector<std::string>& other) {
  for (const Redirection& redirection : command.redirections) {
    std::string path = script::plain_text(redirection.target.raw);
    if (!shared_path(path).is_one) continue;
    if (is_output(redirection)) {
      writes.push_back({&command, std::move(path)});
    } else {
      other.push_back(std::move(path));
    }
  }
  const auto words = program_and_arguments(command);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].find("${SHARED_DIR}") == std::string::npos) continue;
    const bool is_last = i + 1 == words.size();
    const bool written = is_any(words[0], {"touch", "tee"}) ||
                         (is_last && is_any(words[0], {"cp", "mv", "install"}));
    if (written && shared_path(words[i]).is_one) {
      writes.push_back({&command, words[i]});
    } else {
      other.push_back(words[i]);
    }
  }
  for (const script::Word& word : command.assignments) other.emplace_back(word.raw);
}

std::string reason_not_kept(const Step& step) {
  if (is_true(step.readonly_shared_dir)) return "readonly_shared_dir";
  return is_true(step.no_kubeconfig) ? "no_kubeconfig" : "";
}

void check_lost_writes(const ScriptFacts& script, const StepComponent& component, Sink& sink) {
  const Step& step = component.definition.step;
  const std::string reason = reason_not_kept(step);
  if (reason.empty()) return;
  std::vector<Write> writes;
  std::vector<std::string> other;
  for (const Command& command : script.shell.commands) sort_uses(command, writes, other);
  for (const Write& write : writes) {
    // What the script itself uses afterwards is not lost.
    const bool is_used = std::any_of(other.begin(), other.end(), [&](const std::string& use) {
      return use.find(write.path) != std::string::npos;
    });
    if (is_used) continue;
    Diagnostic& finding =
        add_at_command(script, sink, rule("SR522"), *write.command, write.path,
                       "the step " + in_quotes(component.name) + " writes " +
                           in_quotes(write.path) + ", but its SHARED_DIR is not kept");
    finding.component = "ref/" + component.name;
    finding.hint = "remove `" + reason + "` from the step, or write elsewhere";
    const Place place =
        reason == "no_kubeconfig" ? step.no_kubeconfig.place : step.readonly_shared_dir.place;
    finding.notes.push_back({Location::of(place), "a copy is thrown away because of this"});
  }
}

}  // namespace

void check_script_shared_dir(const ScriptFacts& script, Sink& sink) {
  if (!script.is_understood()) return;
  if (is_set_somewhere(script.text(), "SHARED_DIR")) return;  // not the executor's any more
  check_directories(script, sink);
  check_sizes(script, sink);
  for (const StepComponent* step : script.steps) check_lost_writes(script, *step, sink);
}

}  // namespace stepreg::rules
