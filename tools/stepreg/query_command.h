// What the commands that answer questions share: a project, its findings, where answers go.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "query/explain.h"
#include "query/scan.h"
#include "stepreg/commands.h"
#include "stepreg/project_options.h"

namespace stepreg::tools {

class QueryCommand {
 public:
  explicit QueryCommand(const load::ProjectOptions& options) : options_(options) {}

  // Opens the project; false, with a message, when that fails. Errors of the registry are told
  // once. `test`: as in open_or_complain().
  bool open(const std::string& test = "");
  const load::Project& project() const { return project_; }
  const Registry& registry() const { return *project_.registry; }
  const Sink& like() const { return sink_; }
  query::ExplainInput explain_input() const;

  // Calls `use` with the one test of that id, resolved with all its losers. False, with a message
  // and a hint, when there is none.
  bool with_test(const std::string& id, const resolve::CommandLine* command_line,
                 const std::function<void(const query::TestContext&)>& use);

  // Prints and returns the exit code: 1 when the answer is partial.
  int answer(const std::string& text, const std::vector<std::string>& incomplete) const;

 private:
  const load::ProjectOptions& options_;
  SeverityTable severities_{Profile::recommended};
  Sink sink_{severities_};
  load::Project project_;
  std::unique_ptr<resolve::Origins> origins_;
};

// Output formats that most queries have.
enum class QueryFormat { text, json, yaml };
void add_query_format(CLI::App& command, QueryFormat& format);
// The text of one of them; `json` is made only when it is wanted.
std::string in_format(QueryFormat format, const std::function<std::string()>& text,
                      const std::function<std::string()>& json);

}  // namespace stepreg::tools
