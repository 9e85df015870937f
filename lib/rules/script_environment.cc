#include "rules/script_environment.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace stepreg::rules {

namespace {

using script::Command;

// Builtins and programs that read no variables but those of kToolPrefixes. Sorted.
constexpr std::string_view kBlind[] = {
    ":",        "[",        "[[",        "alias",      "awk",    "aws",    "az",        "base64",
    "basename", "bc",       "break",     "cat",        "cd",     "chmod",  "chown",     "cksum",
    "cmp",      "comm",     "continue",  "cp",         "curl",   "cut",    "date",      "dd",
    "df",       "diff",     "dig",       "dirname",    "du",     "echo",   "egrep",     "exit",
    "expr",     "false",    "fgrep",     "find",       "fold",   "for",    "gcloud",    "getent",
    "getopts",  "git",      "govc",      "grep",       "gsutil", "gunzip", "gzip",      "head",
    "hostname", "htpasswd", "id",        "install",    "ip",     "jobs",   "join",      "jq",
    "kill",     "kubectl",  "let",       "ln",         "local",  "ls",     "mapfile",   "md5sum",
    "mkdir",    "mkfifo",   "mktemp",    "mv",         "nc",     "nl",     "nproc",     "nslookup",
    "oc",       "od",       "openssl",   "paste",      "patch",  "pgrep",  "ping",      "pkill",
    "popd",     "printf",   "ps",        "pushd",      "pwd",    "read",   "readarray", "readlink",
    "readonly", "realpath", "return",    "rev",        "rm",     "rmdir",  "rsync",     "scp",
    "sed",      "seq",      "sha256sum", "shift",      "shopt",  "shuf",   "skopeo",    "sleep",
    "sort",     "split",    "ssh",       "ssh-keygen", "stat",   "tac",    "tail",      "tar",
    "tee",      "test",     "touch",     "tr",         "trap",   "true",   "truncate",  "type",
    "ulimit",   "umask",    "uname",     "uniq",       "unset",  "unzip",  "wait",      "wc",
    "wget",     "whoami",   "xz",        "yes",        "yq",     "yq-go",  "zcat",      "zip"};
static_assert(std::is_sorted(std::begin(kBlind), std::end(kBlind)));

// Of names that the programs above look for.
constexpr std::string_view kToolPrefixes[] = {
    "ALL_PROXY", "ANSIBLE_", "ARM_",    "AWS_",  "AZURE_",   "BASH",   "CLOUDSDK_",
    "CURL_",     "GIT_",     "GOOGLE_", "GOVC_", "GREP_",    "GZIP",   "HOME",
    "IFS",       "JQ_",      "KUBE",    "LANG",  "LC_",      "LD_",    "NSS_",
    "OC_",       "OPENSSL_", "OS_",     "PATH",  "POSIXLY_", "PS4",    "REGISTRY_AUTH_FILE",
    "RSYNC_",    "SSH_",     "SSL_",    "TAR_",  "TERM",     "TMPDIR", "TZ",
    "VSPHERE_",  "WGETRC",   "XDG_",    "XZ_"};

bool is_literal(std::string_view word) {
  return !word.empty() && word.find_first_of("$`*?") == std::string_view::npos;
}

// Its input or text stands in the script, so that a name it reads would be found there.
bool runs_text_of_script(const std::vector<std::string>& words, const Command& command) {
  const bool interprets =
      words[0] == "bash" || words[0] == "sh" || words[0] == "python" || words[0] == "python3";
  if (!interprets) return false;
  const bool by_option = words.size() > 2 && words[1] == "-c";
  const bool by_input =
      (words.size() == 1 || words[1] == "-") &&
      std::any_of(command.redirections.begin(), command.redirections.end(),
                  [](const auto& redirection) { return redirection.op.starts_with("<<"); });
  return by_option || by_input;
}

// `export NAME=...` and `declare -r NAME` set; `export -p` and `declare -x` alone print all.
bool prints_variables(const std::vector<std::string>& words) {
  const std::string& program = words[0];
  if (program == "set") return words.size() == 1;
  if (program != "export" && program != "declare" && program != "typeset") return false;
  return std::all_of(words.begin() + 1, words.end(),
                     [](const std::string& word) { return word[0] == '-'; });
}

bool is_declaration(std::string_view program) {
  return program == "export" || program == "declare" || program == "typeset" || program == "set";
}

bool is_blind(const ScriptFacts& script, const Command& command) {
  const auto words = program_and_arguments(command);
  if (words.empty()) return true;
  const std::string& program = words[0];
  if (program.starts_with("((")) return true;
  if (program == "." || program == "exec" || program == "source" || program == "eval") {
    return program == "exec" && words.size() == 1;
  }
  if (!is_literal(program)) return false;
  if (is_declaration(program)) return !prints_variables(words);
  // `find -exec`, `xargs`: other programs.
  if (program == "find" && std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return word.starts_with("-exec") || word.starts_with("-ok");
      })) {
    return false;
  }
  const auto& functions = script.shell.functions;
  // What a function does stands in the script, unless it runs its arguments.
  if (std::find(functions.begin(), functions.end(), program) != functions.end()) return true;
  return std::binary_search(std::begin(kBlind), std::end(kBlind), std::string_view(program)) ||
         runs_text_of_script(words, command);
}

}  // namespace

bool hands_on_environment(const ScriptFacts& script) {
  for (const script::VariableRead& read : script.shell.reads) {
    if (read.indirect) return true;
  }
  return !std::all_of(script.shell.commands.begin(), script.shell.commands.end(),
                      [&](const Command& command) { return is_blind(script, command); });
}

bool is_read_by_tools(std::string_view name) {
  const std::string capitals = [&] {
    std::string text;
    for (const char c : name) text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return text;
  }();
  if (capitals.ends_with("_PROXY") || capitals.starts_with("GO")) return true;
  return std::any_of(std::begin(kToolPrefixes), std::end(kToolPrefixes),
                     [&](std::string_view prefix) { return capitals.starts_with(prefix); });
}

}  // namespace stepreg::rules
