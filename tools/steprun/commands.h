// The subcommands of steprun, one file each. add_NAME() adds the subcommand to `app` with a
// callback that does the work and puts the exit code of the program into `exit_code`. Both outlive
// parsing.
#pragma once

namespace CLI {
class App;
}

namespace stepreg::steprun {

void add_clean(CLI::App& app, int& exit_code);
void add_lease(CLI::App& app, int& exit_code);
void add_list(CLI::App& app, int& exit_code);
void add_report(CLI::App& app, int& exit_code);
void add_resume(CLI::App& app, int& exit_code);
void add_resume_steps(CLI::App& app, int& exit_code);
void add_run(CLI::App& app, int& exit_code);
void add_set_status(CLI::App& app, int& exit_code);
void add_status(CLI::App& app, int& exit_code);
void add_stop(CLI::App& app, int& exit_code);
void add_sweep(CLI::App& app, int& exit_code);

}  // namespace stepreg::steprun
