// The subcommands of stepreg: one file each.
#pragma once

namespace CLI {
class App;
}

namespace stepreg::tools {

// The same for every subcommand that checks something.
enum ExitCode : int {
  kClean = 0,        // nothing at or above --fail-on
  kFindings = 1,     // findings
  kUsage = 2,        // wrong usage, unreadable input or settings, internal error
  kNothingToDo = 3,  // nothing was there to check
};

// Every function adds its subcommand; when it was chosen, its callback sets the exit code.
void add_lint(CLI::App& app, int& exit_code);
void add_resolve(CLI::App& app, int& exit_code);
void add_explain(CLI::App& app, int& exit_code);
void add_uses(CLI::App& app, int& exit_code);
void add_graph(CLI::App& app, int& exit_code);
void add_list(CLI::App& app, int& exit_code);
void add_show(CLI::App& app, int& exit_code);
void add_new(CLI::App& app, int& exit_code);
void add_rule(CLI::App& app, int& exit_code);
void add_rules(CLI::App& app, int& exit_code);
void add_schema(CLI::App& app, int& exit_code);
void add_affected(CLI::App& app, int& exit_code);
void add_diff(CLI::App& app, int& exit_code);
void add_cache(CLI::App& app, int& exit_code);
void add_rename(CLI::App& app, int& exit_code);

}  // namespace stepreg::tools
