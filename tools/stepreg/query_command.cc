#include "stepreg/query_command.h"

#include <CLI/CLI.hpp>
#include <map>

#include "base/text.h"
#include "common/options.h"
#include "common/terminal.h"
#include "render/yaml.h"
#include "stepreg/findings_out.h"

namespace stepreg::tools {

bool QueryCommand::open(const std::string& test) {
  if (!open_or_complain(options_, project_, sink_, test)) return false;
  origins_ = std::make_unique<resolve::Origins>(project_.registry_root, project_.configs_root,
                                                project_.settings->directory);
  complain(sink_.take());
  return true;
}

query::ExplainInput QueryCommand::explain_input() const {
  query::ExplainInput input{*origins_};
  const auto& run = project_.settings->settings.run;
  if (run.present()) input.run = &*run;
  return input;
}

bool QueryCommand::with_test(const std::string& id, const resolve::CommandLine* command_line,
                             const std::function<void(const query::TestContext&)>& use) {
  const query::Selection selection({id}, project_);
  query::ScanOptions scan;
  scan.selection = &selection;
  scan.resolve = {true, command_line};
  for (const std::string& path : selection.candidate_paths(project_)) {
    Sink sink = sink_.empty_copy();
    const auto config = load::load_config(*project_.config_files, path, sink);
    if (!config) {
      complain(sink.take());
      continue;
    }
    bool found = false;
    std::vector<std::string> incomplete;
    query::scan_tests(*project_.registry, *config, scan, sink, incomplete,
                      [&](const query::TestContext& test) {
                        if (!found) use(test);
                        found = true;
                      });
    if (!found) continue;
    complain(sink.take());
    return true;
  }
  complain("there is no multi-stage test " + in_quotes(id), query::hint_for_test(project_, id));
  return false;
}

int QueryCommand::answer(const std::string& text,
                         const std::vector<std::string>& incomplete) const {
  print(text);
  if (incomplete.empty()) return kClean;
  say_incomplete(incomplete);
  return kFindings;
}

void add_query_format(CLI::App& command, QueryFormat& format) {
  static const std::map<std::string, QueryFormat> kFormats = {
      {"text", QueryFormat::text}, {"json", QueryFormat::json}, {"yaml", QueryFormat::yaml}};
  command.add_option("-o,--output", format, "text (default), json or yaml")
      ->transform(choice_of(kFormats))
      ->type_name("FORMAT");
}

std::string in_format(QueryFormat format, const std::function<std::string()>& text,
                      const std::function<std::string()>& json) {
  if (format == QueryFormat::text) return text();
  return format == QueryFormat::json ? json() : render::yaml_of_json(json());
}

}  // namespace stepreg::tools
