#include "case.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "base/text.h"
#include "refactor/unified_diff.h"

namespace stepreg::golden {

namespace fs = std::filesystem;

namespace {

// A scratch folder that vanishes.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "golden-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

bool has_option(const std::vector<std::string>& arguments, std::string_view name) {
  return std::any_of(arguments.begin(), arguments.end(), [&](const std::string& argument) {
    return argument == name || argument.starts_with(std::string(name) + "=");
  });
}

// The trees that stand in `in/` are named unless something else says so.
void complete_lint(const fs::path& in, std::vector<std::string>& arguments) {
  if (arguments.front() != "lint") return;
  if (!has_option(arguments, "-o") && !has_option(arguments, "--output")) {
    arguments.insert(arguments.end(), {"-o", "concise"});
  }
  // The rules about scripts say the same on every machine; shellcheck does not.
  const bool names_shellcheck =
      has_option(arguments, "--shellcheck") ||
      read_text(in / ".stepreg.yaml").find("shellcheck:") != std::string::npos;
  if (!names_shellcheck) arguments.insert(arguments.end(), {"--shellcheck", "never"});
  const bool named = has_option(arguments, "--registry") || has_option(arguments, "--configs");
  if (named || fs::exists(in / ".stepreg.yaml")) return;
  const auto name = [&](const char* option, const char* tree) {
    if (fs::exists(in / tree)) arguments.insert(arguments.end(), {option, tree});
  };
  name("--registry", "registry");
  name("--registry", "step-registry");
  name("--configs", "configs");
  name("--configs", "config");
  if (!has_option(arguments, "--claims")) name("--claims", "claims.yaml");
}

void check_entries(Case& test, bool updating) {
  std::set<std::string> allowed{"in", "args", "env", "stdin"};
  if (!test.near_miss) allowed.insert({"expect.txt", "expect.err", "exit", "after"});
  for (const auto& entry : fs::directory_iterator(test.folder)) {
    const std::string name = entry.path().filename().string();
    if (allowed.count(name) == 0) test.mistakes.push_back("stray: " + entry.path().string());
  }
  if (updating || test.near_miss) return;
  for (const std::string name : {"expect.txt", "exit"}) {
    if (!fs::exists(test.folder / name)) {
      test.mistakes.push_back("missing: " + (test.folder / name).string());
    }
  }
}

TreeContent tree_content(const fs::path& root) {
  TreeContent content;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string name = entry.path().lexically_relative(root).generic_string();
    if (entry.is_symlink()) {
      content[name] = "-> " + fs::read_symlink(entry.path()).string();
    } else if (entry.is_regular_file()) {
      content[name] = read_text(entry.path());
    }
  }
  return content;
}

int spawn(const Case& test, const std::string& program, const fs::path& directory,
          const fs::path& scratch) {
  std::vector<std::string> words{program};
  words.insert(words.end(), test.arguments.begin(), test.arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::vector<std::string> variables = test.environment;
  const char* path = std::getenv("PATH");
  const bool names_path =
      std::any_of(variables.begin(), variables.end(),
                  [](const std::string& variable) { return variable.starts_with("PATH="); });
  if (!names_path) {
    variables.push_back(std::string("PATH=") + (path != nullptr ? path : "/usr/bin:/bin"));
  }
  variables.push_back("HOME=" + scratch.string());
  std::vector<char*> envp;
  for (std::string& variable : variables) envp.push_back(variable.data());
  envp.push_back(nullptr);

  const fs::path given = test.folder / "stdin";
  const std::string input = fs::exists(given) ? given.string() : "/dev/null";
  const std::string out = scratch / "out";
  const std::string err = scratch / "err";
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  pid_t pid = 0;
  const int failure =
      ::posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) return -1;
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string tree_differences(const TreeContent& expected, const TreeContent& seen) {
  std::set<std::string> names;
  for (const auto& [name, content] : expected) names.insert(name);
  for (const auto& [name, content] : seen) names.insert(name);
  std::string out;
  const auto content_of = [](const TreeContent& tree, const std::string& name) {
    const auto found = tree.find(name);
    return found == tree.end() ? std::string() : found->second;
  };
  for (const std::string& name : names) {
    out += unified_diff("expected after/" + name, "seen after/" + name, content_of(expected, name),
                        content_of(seen, name));
    if (expected.count(name) != seen.count(name)) {
      out += (seen.count(name) > 0 ? "unexpected file: " : "missing file: ") + name + "\n";
    }
  }
  return out;
}

void write_text(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Case read_case(const fs::path& folder, bool updating) {
  Case test;
  test.folder = fs::absolute(folder).lexically_normal();
  if (test.folder.filename().empty()) test.folder = test.folder.parent_path();
  test.near_miss = test.folder.filename().string().starts_with("ok-");
  test.arguments = words_of(read_text(test.folder / "args"));
  if (test.arguments.empty()) test.arguments = {"lint"};
  complete_lint(test.folder / "in", test.arguments);
  const std::string environment = read_text(test.folder / "env");
  for (const auto line : split(environment, '\n')) {
    if (!line.empty()) test.environment.emplace_back(line);
  }
  test.expected_out = read_text(test.folder / "expect.txt");
  if (fs::exists(test.folder / "expect.err")) {
    test.expected_err = read_text(test.folder / "expect.err");
  }
  if (!test.near_miss) test.expected_exit = std::atoi(read_text(test.folder / "exit").c_str());
  test.has_after = fs::exists(test.folder / "after");
  if (!fs::is_directory(test.folder / "in")) test.mistakes.push_back("no folder `in`");
  check_entries(test, updating);
  return test;
}

Outcome run_case(const Case& test, const std::string& program) {
  const Scratch scratch;
  fs::path directory = test.folder / "in";
  if (test.has_after) {
    directory = scratch.path() / "in";
    fs::copy(test.folder / "in", directory,
             fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  }
  Outcome outcome;
  outcome.exit_code = spawn(test, program, directory, scratch.path());
  outcome.out = read_text(scratch.path() / "out");
  outcome.err = read_text(scratch.path() / "err");
  if (test.has_after) outcome.after = tree_content(directory);
  return outcome;
}

std::string differences(const Case& test, const Outcome& outcome) {
  std::string out = unified_diff("expected stdout", "seen stdout", test.expected_out, outcome.out);
  if (test.expected_err) {
    out += unified_diff("expected stderr", "seen stderr", *test.expected_err, outcome.err);
  }
  if (outcome.exit_code != test.expected_exit) {
    out += "exit code " + std::to_string(outcome.exit_code) + " instead of " +
           std::to_string(test.expected_exit) + "\n";
  }
  if (test.has_after) out += tree_differences(tree_content(test.folder / "after"), outcome.after);
  if (!out.empty() && !test.expected_err && !outcome.err.empty()) out += "stderr:\n" + outcome.err;
  return out;
}

void update_case(const Case& test, const Outcome& outcome) {
  if (test.near_miss) return;
  write_text(test.folder / "expect.txt", outcome.out);
  write_text(test.folder / "exit", std::to_string(outcome.exit_code) + "\n");
  if (test.expected_err) write_text(test.folder / "expect.err", outcome.err);
  if (!test.has_after) return;
  fs::remove_all(test.folder / "after");
  fs::create_directory(test.folder / "after");
  for (const auto& [name, content] : outcome.after) {
    const fs::path path = test.folder / "after" / name;
    fs::create_directories(path.parent_path());
    if (content.starts_with("-> ")) {
      fs::create_symlink(content.substr(3), path);
    } else {
      write_text(path, content);
    }
  }
}

}  // namespace stepreg::golden
