#include "render/affected.h"

#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "render/table.h"

namespace stepreg::render {

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json header(const query::Affected& affected, const ComparedVersions& versions) {
  Json out = {{"format", "stepreg.affected"}, {"version", "1.0"}, {"base", versions.base}};
  if (!versions.head.empty()) out["head"] = versions.head;
  out["partial"] = !versions.problems.empty();
  if (!versions.problems.empty()) out["problems"] = versions.problems;
  out["compared"] = affected.compared;
  return out;
}

Json test_json(const query::AffectedTest& test) {
  Json out = {
      {"id", test.id}, {"change", query::change_name(test.change)}, {"config", test.config}};
  if (test.partial) out["partial"] = true;
  const query::ChangedFile& file = test.reason.file;
  out["reason"] = {{"tree", query::tree_name(file.tree)},
                   {"file", file.path},
                   {"change", query::change_name(file.kind)},
                   {"path", test.reason.path}};
  return out;
}

std::string reason_text(const query::Reason& reason) {
  std::string text = reason.file.path;
  if (reason.file.kind != query::ChangeKind::modified) {
    text += std::string(" (") + query::change_name(reason.file.kind) + ")";
  }
  for (const std::string& component : reason.path) text += " > " + component;
  return text;
}

}  // namespace

std::string affected_table(const query::Affected& affected) {
  Table table;
  for (const query::AffectedTest& test : affected.tests) {
    std::string change = query::change_name(test.change);
    if (test.partial) change += ", has errors";
    table.row({test.id, std::move(change), reason_text(test.reason)});
  }
  return table.text();
}

std::string affected_names(const query::Affected& affected) {
  std::string text;
  std::set<std::string_view> printed;
  for (const query::AffectedTest& test : affected.tests) {
    if (test.change == query::ChangeKind::deleted || !printed.insert(test.id).second) continue;
    text += test.id + "\n";
  }
  return text;
}

std::string affected_json(const query::Affected& affected, const ComparedVersions& versions) {
  Json out = header(affected, versions);
  Json& tests = out["tests"] = Json::array();
  for (const query::AffectedTest& test : affected.tests) tests.push_back(test_json(test));
  return dumped(out, 2);
}

std::string affected_json_lines(const query::Affected& affected, const ComparedVersions& versions) {
  std::string text = dumped(header(affected, versions), -1);
  for (const query::AffectedTest& test : affected.tests) text += dumped(test_json(test), -1);
  return text;
}

}  // namespace stepreg::render
