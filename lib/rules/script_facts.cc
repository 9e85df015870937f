#include "rules/script_facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/fs.h"
#include "base/text.h"

namespace stepreg::rules {

namespace {

using script::Command;

// Set for every step, or by the system below it. An image may set more; that is why what is read of
// these is never an error.
constexpr std::string_view kAmbient[] = {
    "ARTIFACT_DIR",
    "ARTIFACTS",
    "BUILD_ID",
    "BUILD_NUMBER",
    "CI",
    "CLI_DIR",
    "CLUSTER_PROFILE_DIR",
    "CLUSTER_PROFILE_NAME",
    "CLUSTER_PROFILE_SET_NAME",
    "CLUSTER_TYPE",
    "ENTRYPOINT_OPTIONS",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_KEY_0",
    "GIT_CONFIG_VALUE_0",
    "GOPATH",
    "GOROOT",
    "HOME",
    "HOSTNAME",
    "IMAGE_FORMAT",
    "IP_POOL_AVAILABLE",
    "JAVA_HOME",
    "JOB_NAME",
    "JOB_NAME_HASH",
    "JOB_NAME_SAFE",
    "JOB_SPEC",
    "JOB_TYPE",
    "KUBEADMIN_PASSWORD_FILE",
    "KUBECONFIG",
    "KUBECONFIGMINIMAL",
    "LANG",
    "LEASED_RESOURCE",
    "LEASE_PROXY_CLIENT_SH",
    "LEASE_PROXY_SERVER_URL",
    "LOGNAME",
    "NAMESPACE",
    "OPENSHIFT_CI",
    "ORIGINAL_RELEASE_IMAGE_INITIAL",
    "ORIGINAL_RELEASE_IMAGE_LATEST",
    "PATH",
    "PROW_JOB_ID",
    "PULL_BASE_REF",
    "PULL_BASE_SHA",
    "PULL_HEAD_REF",
    "PULL_NUMBER",
    "PULL_PULL_SHA",
    "PULL_REFS",
    "PULL_TITLE",
    "RELEASE_IMAGE_INITIAL",
    "RELEASE_IMAGE_LATEST",
    "REPO_NAME",
    "REPO_OWNER",
    "SHARED_DIR",
    "TERM",
    "TMPDIR",
    "TZ",
    "UNIQUE_HASH",
    "USER",
};

// Programs that run the command that follows them.
constexpr std::string_view kRunners[] = {"command", "builtin", "exec",   "sudo", "nohup",  "nice",
                                         "setsid",  "time",    "stdbuf", "env",  "timeout"};
constexpr std::string_view kSetters[] = {"read",     "export", "local",  "declare", "typeset",
                                         "readonly", "for",    "select", "mapfile", "readarray",
                                         "getopts",  "unset",  "printf", "let",     "source"};
constexpr std::string_view kCleanupWords[] = {"deprovision", "destroy",    "delete",
                                              "cleanup",     "teardown",   "uninstall",
                                              "remove",      "deregister", "unregister"};

bool contains(std::span<const std::string_view> list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Over the options of a runner, and over the limit of `timeout` or assignments of `env`.
std::size_t behind_runner(const std::vector<std::string>& words, std::size_t at) {
  const std::string& runner = words[at];
  for (++at; at < words.size() && words[at].starts_with('-'); ++at) {
    const bool has_value = runner == "timeout" && (words[at] == "-k" || words[at] == "-s");
    if (has_value && at + 1 < words.size()) ++at;
  }
  if (runner == "timeout" && at < words.size()) ++at;
  while (runner == "env" && at < words.size() && words[at].find('=') != std::string::npos) ++at;
  return at;
}

// One that leads to a script with the same text is this script.
void add_links(const Registry& registry, const std::unordered_set<std::string_view>& links,
               std::map<const ScriptFile*, std::size_t>& index, std::vector<ScriptFacts>& scripts) {
  std::unordered_map<std::string_view, std::size_t> by_text;
  for (std::size_t i = 0; i < scripts.size(); ++i) by_text.emplace(scripts[i].text(), i);
  for (const auto& [path, file] : registry.scripts) {
    if (!links.contains(path)) continue;
    const auto [same, is_new] = by_text.emplace(file->source->text(), scripts.size());
    index[file.get()] = same->second;
    if (is_new) scripts.emplace_back().file = file.get();
  }
}

void add_users(const Registry& registry, std::map<const ScriptFile*, std::size_t>& index,
               std::vector<ScriptFacts>& scripts) {
  for (const auto& step : registry.steps.all) {
    const auto found = index.find(step->script);
    if (found != index.end()) scripts[found->second].steps.push_back(step.get());
  }
  for (const auto& observer : registry.observers.all) {
    const auto found = index.find(observer->script);
    if (found != index.end()) scripts[found->second].has_observer = true;
  }
}

// Does a line of the text, up to `end`, hold a word that gives variables their values?
bool has_setter(std::string_view line) {
  return std::any_of(std::begin(kSetters), std::end(kSetters),
                     [&](std::string_view setter) { return script::mentions(line, setter); });
}

}  // namespace

std::vector<ScriptFacts> collect_scripts(const Registry& registry) {
  std::unordered_set<std::string_view> links;
  for (const TreeFile& file : registry.tree.files) {
    if (file.is_link && file.kind == TreeFile::Kind::script) links.insert(file.path);
  }
  std::vector<ScriptFacts> scripts;
  std::map<const ScriptFile*, std::size_t> index;
  for (const auto& [path, file] : registry.scripts) {
    if (links.contains(path)) continue;
    index[file.get()] = scripts.size();
    scripts.emplace_back().file = file.get();
  }
  if (!links.empty()) add_links(registry, links, index, scripts);
  add_users(registry, index, scripts);
  for (ScriptFacts& script : scripts) {
    script.is_shell = !script::is_other_language(script.text());
  }
  return scripts;
}

void parse(ScriptFacts& script) {
  if (script.is_shell && !script.is_parsed) script.shell = script::parse_shell(script.text());
  script.is_parsed = true;
}

Location location_in(const ScriptFile& script, std::size_t begin, std::size_t length) {
  const SourceFile& source = *script.source;
  Location at = Location::of({&source, static_cast<std::uint32_t>(begin)});
  const LineColumn end = source.line_column(static_cast<std::uint32_t>(begin + length));
  at.end_line = end.line;
  at.end_column = end.column;
  return at;
}

Diagnostic& add_in_script(const ScriptFacts& facts, Sink& sink, RuleId id, std::size_t begin,
                          std::size_t length, std::string subject, std::string message) {
  Diagnostic& finding = sink.add(id, location_in(*facts.file, begin, length), std::move(message));
  if (!facts.steps.empty()) finding.component = "ref/" + facts.steps.front()->name;
  finding.subject = std::move(subject);
  return finding;
}

Diagnostic& add_at_command(const ScriptFacts& facts, Sink& sink, RuleId id, const Command& command,
                           std::string subject, std::string message) {
  std::size_t end = command.offset;
  for (const script::Word& word : command.assignments) {
    end = std::max<std::size_t>(end, word.offset + word.raw.size());
  }
  for (const script::Word& word : command.words) {
    end = std::max<std::size_t>(end, word.offset + word.raw.size());
  }
  for (const script::Redirection& redirection : command.redirections) {
    end = std::max<std::size_t>(end, redirection.target.offset + redirection.target.raw.size());
  }
  return add_in_script(facts, sink, id, command.offset, end - command.offset, std::move(subject),
                       std::move(message));
}

Diagnostic& add_at_step(const StepComponent& step, Sink& sink, RuleId id, Place place,
                        std::string subject, std::string message) {
  Diagnostic& finding = sink.add(id, place, std::move(message));
  finding.component = "ref/" + step.name;
  finding.subject = std::move(subject);
  return finding;
}

std::vector<std::string> program_and_arguments(const Command& command) {
  std::vector<std::string> words;
  for (const script::Word& word : command.words) words.push_back(script::plain_text(word.raw));
  std::size_t at = 0;
  while (at < words.size() && contains(kRunners, words[at])) {
    const std::size_t next = behind_runner(words, at);
    if (next >= words.size()) break;  // `exec` with redirections, `env` alone
    at = next;
  }
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at));
  return words;
}

bool has_word(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_idle(const Command& command) {
  const auto words = program_and_arguments(command);
  if (words.empty()) return true;
  for (const std::string_view idle :
       {"set", "trap", "export", "readonly", "declare", "echo", "printf", "shopt", "umask", ":"}) {
    if (words[0] == idle) return true;
  }
  return false;
}

bool has_program(const ScriptFacts& facts, std::string_view name) {
  return std::any_of(facts.shell.commands.begin(), facts.shell.commands.end(),
                     [&](const Command& command) {
                       const auto words = program_and_arguments(command);
                       return !words.empty() && words[0] == name;
                     });
}

bool reads_further_text(const ScriptFacts& facts) {
  return has_program(facts, "source") || has_program(facts, ".") || has_program(facts, "eval");
}

bool declares_variables(std::string_view program) {
  constexpr std::string_view kDeclaring[] = {"export", "declare", "typeset", "readonly", "local"};
  return contains(kDeclaring, program);
}

bool assigns_by_expansion(const ScriptFacts& facts) {
  constexpr std::string_view kAssigning[] = {"read",    "mapfile", "readarray",
                                             "getopts", "printf",  "let"};
  for (const Command& command : facts.shell.commands) {
    const auto words = program_and_arguments(command);
    if (words.empty()) continue;
    if (!declares_variables(words[0]) && !contains(kAssigning, words[0])) continue;
    const bool is_output = words[0] == "printf" && !(words.size() > 2 && words[1] == "-v");
    for (std::size_t i = 1; i < words.size() && !is_output; ++i) {
      const std::string_view name = std::string_view(words[i]).substr(0, words[i].find('='));
      if (name.find_first_of("$`") != std::string_view::npos) return true;
    }
  }
  return has_program(facts, "coproc");
}

bool declares(const Step& step, std::string_view name) {
  return std::any_of(step.env.begin(), step.env.end(),
                     [&](const auto& entry) { return *entry->name == name; }) ||
         std::any_of(step.dependencies.begin(), step.dependencies.end(),
                     [&](const auto& entry) { return *entry->env == name; }) ||
         std::any_of(step.leases.begin(), step.leases.end(),
                     [&](const auto& entry) { return *entry->env == name; });
}

bool is_ambient(std::string_view name) {
  return contains(kAmbient, name) || name.starts_with("STEPRUN_") || name.starts_with("BASH") ||
         name.starts_with("KUBERNETES_") || name.ends_with("_PROXY") ||
         name.starts_with("CREDENTIAL_DIR_");
}

bool is_set_somewhere(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::string_view behind = text.substr(at + name.size());
    if ((at > 0 && is_name_char(text[at - 1])) || (!behind.empty() && is_name_char(behind[0]))) {
      continue;
    }
    if (behind.starts_with("=") || behind.starts_with("+=") || behind.starts_with("[")) return true;
    const std::size_t line = text.rfind('\n', at) + 1;  // npos + 1 is 0
    const std::string_view before = text.substr(line, at - line);
    const bool is_read = before.ends_with('$') || before.ends_with("${");
    if (!is_read && (has_setter(before) || before.find("-v") != std::string_view::npos)) {
      return true;
    }
  }
  return false;
}

bool is_cleanup_name(std::string_view step) {
  const auto parts = split(step, '-');
  return std::any_of(parts.begin(), parts.end(),
                     [](std::string_view part) { return contains(kCleanupWords, part); });
}

SharedPath shared_path(std::string_view plain_word) {
  constexpr std::string_view kVariable = "${SHARED_DIR}";
  if (!plain_word.starts_with(kVariable)) return {};
  std::string_view rest = plain_word.substr(kVariable.size());
  if (!rest.empty() && rest[0] != '/') return {};
  while (rest.starts_with('/')) rest.remove_prefix(1);
  return {true, rest};
}

}  // namespace stepreg::rules
