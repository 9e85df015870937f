#include "render/query_json.h"

#include <nlohmann/json.hpp>

namespace stepreg::render {

namespace {

using Json = nlohmann::ordered_json;

Json start(const char* format) {
  return {{"format", format}, {"version", "1.0"}};
}

std::string dumped(const Json& json, int indent = 2) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

void finish(Json& out, const Incomplete& incomplete) {
  out["partial"] = !incomplete.empty();
  if (!incomplete.empty()) out["incomplete"] = incomplete;
}

Json value_of(const std::optional<std::string>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// Without a path there is nothing to say.
void put_place(Json& out, const Location& at) {
  if (at.path.empty()) return;
  out["at"] = {{"path", at.path}, {"line", at.line}, {"column", at.column}};
  if (!at.excerpt.empty()) out["at"]["excerpt"] = at.excerpt;
}

void put_text(Json& out, const char* key, const std::string& text) {
  if (!text.empty()) out[key] = text;
}

Json origin_of(const plan::Origin& origin) {
  Json out = {{"source", origin.source}};
  if (origin.file.empty()) return out;
  out["file"] = origin.file;
  out["line"] = origin.line;
  out["column"] = origin.column;
  return out;
}

Json level_json(const query::Level& level) {
  Json out = {{"value", value_of(level.value)}, {"wins", level.wins}};
  put_text(out, "rule", level.rule);
  out["origin"] = origin_of(level.origin);
  put_place(out, level.at);
  return out;
}

Json fact_json(const query::Fact& fact) {
  Json out = {{"kind", fact.kind}, {"name", fact.name}, {"value", value_of(fact.value)}};
  put_text(out, "note", fact.note);
  out["levels"] = Json::array();
  for (const query::Level& level : fact.levels) out["levels"].push_back(level_json(level));
  return out;
}

Json use_json(const query::Use& use) {
  Json out = {{"user", use.user}, {"where", use.where}};
  put_place(out, use.at);
  return out;
}

template <class T, class Make>
Json array_of(const std::vector<T>& values, const Make& make) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(make(value));
  return out;
}

Json indirect_json(const query::IndirectUse& use) {
  return {{"user", use.user}, {"way", use.way}};
}

Json component_uses_json(const query::ComponentUses& uses) {
  Json out = {{"component", uses.component}};
  put_place(out, uses.at);
  out["direct"] = array_of(uses.direct, use_json);
  out["transitive"] = array_of(uses.transitive, indirect_json);
  out["tests"] = array_of(uses.tests, indirect_json);
  return out;
}

Json declaration_json(const query::Declaration& declaration) {
  Json out = {
      {"by", declaration.by}, {"kind", declaration.kind}, {"value", value_of(declaration.value)}};
  put_text(out, "documentation", declaration.documentation);
  put_place(out, declaration.at);
  return out;
}

Json assignment_json(const query::Assignment& assignment) {
  Json out = {
      {"by", assignment.by}, {"kind", assignment.kind}, {"value", value_of(assignment.value)}};
  put_place(out, assignment.at);
  return out;
}

Json reading_json(const query::Reading& reading) {
  return {{"test", reading.test},
          {"step", reading.step},
          {"phase", reading.phase},
          {"value", value_of(reading.value)},
          {"source", reading.source}};
}

Json cell_json(const query::Cell& cell) {
  return std::visit(
      [](const auto& value) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
          return nullptr;
        } else {
          return value;
        }
      },
      cell);
}

Json row_json(const query::Listing& listing, std::size_t row) {
  Json out = Json::object();
  for (std::size_t i = 0; i < listing.fields.size(); ++i) {
    out[listing.fields[i]] = cell_json(listing.rows[row][i]);
  }
  return out;
}

Json variable_json(const query::OpenVariable& variable) {
  Json out = {
      {"name", variable.name}, {"value", value_of(variable.value)}, {"source", variable.source}};
  put_text(out, "documentation", variable.documentation);
  if (!variable.steps.empty()) out["steps"] = variable.steps;
  return out;
}

Json description_json(const query::Description& description) {
  const query::AnyComponent& component = description.component;
  Json out = {{"id", component.id()}, {"path", component.path()}};
  put_place(out, Location::of(component.place()));
  put_text(out, "documentation", std::string(*component.documentation()));
  out["variables"] = array_of(description.variables, variable_json);
  out["dependencies"] = array_of(description.dependencies, variable_json);
  out["leases"] = array_of(description.leases, [](const resolve::ResolvedLease& lease) {
    return Json{{"env", std::string(lease.env)},
                {"resource_type", std::string(lease.resource_type)},
                {"count", lease.count},
                {"source", resolve::source_id(lease.source)}};
  });
  out["contains"] = array_of(description.contains, [](const query::Reference& reference) {
    return Json{{"id", reference.id()}, {"where", reference.where}};
  });
  out["users"] = array_of(description.users, use_json);
  if (const ScriptFile* script = component.script()) {
    out["script"] = {{"path", script->path},
                     {"sha256", script->sha256()},
                     {"text", std::string(script->source->text())}};
  }
  return out;
}

}  // namespace

std::string explanation_json(const query::Explanation& explanation) {
  Json out = start("stepreg.explanation");
  out["test"] = explanation.test;
  out["subject"] = explanation.subject;
  out["partial"] = !explanation.problems.empty();
  if (!explanation.problems.empty()) out["problems"] = explanation.problems;
  out["steps"] = array_of(explanation.steps, [](const query::ExplainedStep& step) {
    Json made = {{"phase", step.phase}, {"name", step.name}, {"path", step.path}};
    put_place(made, step.at);
    made["facts"] = array_of(step.facts, fact_json);
    return made;
  });
  return dumped(out);
}

std::string uses_json(const std::vector<query::ComponentUses>& uses, const Incomplete& incomplete) {
  Json out = start("stepreg.uses");
  finish(out, incomplete);
  out["components"] = array_of(uses, component_uses_json);
  return dumped(out);
}

std::string uses_json(const query::VariableUses& uses, const Incomplete& incomplete) {
  Json out = start("stepreg.uses");
  finish(out, incomplete);
  out["variable"] = uses.variable;
  out["declared"] = array_of(uses.declared, declaration_json);
  out["set"] = array_of(uses.set, assignment_json);
  out["read"] = array_of(uses.read, reading_json);
  return dumped(out);
}

std::string graph_json(const query::Graph& graph, const Incomplete& incomplete) {
  Json out = start("stepreg.graph");
  out["subject"] = graph.subject;
  finish(out, incomplete);
  out["roots"] = graph.roots;
  out["nodes"] = array_of(graph.nodes, [](const query::GraphNode& node) {
    Json made = {{"id", node.id}, {"kind", node.kind}, {"label", node.label}};
    put_text(made, "component", node.component);
    if (node.missing) made["missing"] = true;
    return made;
  });
  out["edges"] = array_of(graph.edges, [](const query::GraphEdge& edge) {
    return Json{{"from", edge.from}, {"to", edge.to}};
  });
  return dumped(out);
}

std::string listing_json(const std::string& kind, const query::Listing& listing,
                         const Incomplete& incomplete) {
  Json out = start("stepreg.list");
  out["kind"] = kind;
  finish(out, incomplete);
  out["fields"] = listing.fields;
  out["rows"] = Json::array();
  for (std::size_t i = 0; i < listing.rows.size(); ++i) out["rows"].push_back(row_json(listing, i));
  return dumped(out);
}

std::string listing_jsonl(const query::Listing& listing) {
  std::string out;
  for (std::size_t i = 0; i < listing.rows.size(); ++i) out += dumped(row_json(listing, i), -1);
  return out;
}

std::string descriptions_json(const std::vector<query::Description>& descriptions) {
  Json out = start("stepreg.components");
  out["components"] = array_of(descriptions, description_json);
  return dumped(out);
}

}  // namespace stepreg::render
