// stepreg list: components and tests as rows.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>

#include "base/text.h"
#include "common/options.h"
#include "query/listing.h"
#include "render/query_json.h"
#include "render/query_text.h"
#include "render/yaml.h"
#include "stepreg/findings_out.h"
#include "stepreg/query_command.h"
#include "stepreg/selection_options.h"

namespace stepreg::tools {

namespace {

enum class ListFormat { table, name, json, jsonl, yaml };

const std::map<std::string, ListFormat> kListFormats = {{"table", ListFormat::table},
                                                        {"name", ListFormat::name},
                                                        {"json", ListFormat::json},
                                                        {"jsonl", ListFormat::jsonl},
                                                        {"yaml", ListFormat::yaml}};

struct ListOptions {
  load::ProjectOptions project;
  std::vector<std::string> patterns;
  std::vector<std::string> kinds;
  FilterOptions filter;
  std::vector<std::string> fields;
  std::string sort;
  ListFormat format = ListFormat::table;
};

// Fills in the fields that are shown by default; false, with a message, for an unknown one. A field
// that is only sorted by is asked for as well.
bool choose_fields(ListOptions& options, const std::vector<query::Field>& known) {
  const bool by_default = options.fields.empty();
  std::vector<std::string_view> names;
  for (const query::Field& field : known) {
    names.emplace_back(field.name);
    if (by_default && field.shown) options.fields.emplace_back(field.name);
  }
  for (const std::string& field : options.fields) {
    if (std::find(names.begin(), names.end(), field) != names.end()) continue;
    const std::string_view guess = best_guess(field, names);
    const std::vector<std::string> all(names.begin(), names.end());
    complain("there is no field " + in_quotes(field),
             guess.empty() ? "the fields are " + join(all, ", ")
                           : "did you mean " + in_quotes(guess) + "?");
    return false;
  }
  return true;
}

std::string text_of(const query::Listing& listing, ListFormat format, const std::string& kind,
                    const std::vector<std::string>& incomplete) {
  if (format == ListFormat::table) return render::listing_text(listing);
  if (format == ListFormat::jsonl) return render::listing_jsonl(listing);
  if (format == ListFormat::name) return join(listing.ids, "\n") + "\n";
  const std::string json = render::listing_json(kind, listing, incomplete);
  return format == ListFormat::json ? json : render::yaml_of_json(json);
}

int print_listing(const QueryCommand& command, const ListOptions& options, const char* kind,
                  query::Listing listing, const std::vector<std::string>& incomplete) {
  if (!options.sort.empty() && !query::sort_listing(listing, options.sort)) {
    complain("cannot sort by " + in_quotes(options.sort) + ": it is none of the fields shown",
             "add it to --fields");
    return kUsage;
  }
  const bool data = options.format == ListFormat::json || options.format == ListFormat::yaml;
  if (listing.rows.empty() && !data) {
    complain(std::string("no ") + kind + " are selected");
    say_incomplete(incomplete);
    return incomplete.empty() ? kNothingToDo : kFindings;
  }
  const int code = command.answer(text_of(listing, options.format, kind, incomplete), incomplete);
  return code == kClean && listing.rows.empty() ? kNothingToDo : code;
}

int components(ListOptions& options) {
  if (!choose_fields(options, query::component_fields())) return kUsage;
  QueryCommand command(options.project);
  if (!command.open()) return kUsage;
  std::vector<std::string> incomplete;
  query::Listing listing =
      query::list_components(command.project(), {options.patterns, options.kinds, options.fields},
                             command.like(), incomplete);
  return print_listing(command, options, "components", std::move(listing), incomplete);
}

int tests(ListOptions& options) {
  if (!choose_fields(options, query::test_fields())) return kUsage;
  QueryCommand command(options.project);
  if (!command.open()) return kUsage;
  query::Filter filter;
  if (!make_filter(options.filter, command.registry(), filter)) return kUsage;
  const query::Selection selection(options.patterns, command.project());
  query::ScanOptions scan;
  if (!options.patterns.empty()) scan.selection = &selection;
  if (!filter.is_empty()) scan.filter = &filter;
  std::vector<std::string> incomplete;
  query::Listing listing =
      query::list_tests(command.project(), scan, options.fields, command.like(), incomplete);
  return print_listing(command, options, "tests", std::move(listing), incomplete);
}

std::string fields_text(const std::vector<query::Field>& fields) {
  std::string out = "Fields:\n";
  for (const query::Field& field : fields) {
    std::string name = field.name;
    name.resize(16, ' ');
    out += "  " + name + "  " + field.text + (field.shown ? " (shown)" : "") + "\n";
  }
  return out;
}

void add_common(CLI::App& command, ListOptions& options, const std::vector<query::Field>& fields) {
  command.add_option("--fields", options.fields, "What to show, in this order")
      ->delimiter(',')
      ->type_name("FIELD,...");
  command.add_option("--sort", options.sort, "Sort by a field that is shown; -FIELD: descending")
      ->type_name("FIELD");
  command.add_option("-o,--output", options.format, "table (default), name, json, jsonl or yaml")
      ->transform(choice_of(kListFormats))
      ->type_name("FORMAT");
  add_project_options(command, options.project);
  command.footer(fields_text(fields));
}

}  // namespace

void add_list(CLI::App& app, int& exit_code) {
  CLI::App* list = app.add_subcommand("list", "List components or tests");
  list->require_subcommand(1);
  auto of_components = std::make_shared<ListOptions>();
  CLI::App* command = list->add_subcommand("components", "Steps, chains, workflows, observers");
  command->add_option("pattern", of_components->patterns, "Names or ids, with * and ?");
  command->add_option("--kind", of_components->kinds, "ref, chain, workflow or observer")
      ->check(CLI::IsMember({"ref", "chain", "workflow", "observer"}))
      ->type_name("KIND");
  add_common(*command, *of_components, query::component_fields());
  command->callback([of_components, &exit_code] { exit_code = components(*of_components); });
  auto of_tests = std::make_shared<ListOptions>();
  command = list->add_subcommand("tests", "Multi-stage tests of the configurations");
  command->add_option("selection", of_tests->patterns,
                      "Ids of tests (with * and ?), paths of configurations");
  add_filter_options(*command, of_tests->filter);
  add_common(*command, *of_tests, query::test_fields());
  command->callback([of_tests, &exit_code] { exit_code = tests(*of_tests); });
}

}  // namespace stepreg::tools
