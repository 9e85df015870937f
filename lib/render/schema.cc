#include "render/schema.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "decode/tables.h"

namespace stepreg::render {

namespace {

using Json = nlohmann::ordered_json;
using decode::FieldSpec;
using decode::ObjectSpec;
using decode::Type;
using decode::TypeSpec;

constexpr const char* kDurationPattern =
    R"(^[-+]?(0|([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$)";

// Objects that may hold themselves or are used often become definitions. The same object has two:
// where unquoted numbers are converted to text, and where they are refused ("exact").
class Writer {
 public:
  Json object(const ObjectSpec& spec, bool exact, bool top);
  Json definitions() { return std::move(definitions_); }

 private:
  Json type(const FieldSpec& field, const TypeSpec& spec, bool exact);
  Json reference(const ObjectSpec& spec, bool exact);
  void add_fields(const ObjectSpec& spec, bool exact, bool alternatives, Json& schema);

  Json definitions_ = Json::object();
};

Json nullable(Json schema) {
  // null and absent are the same everywhere.
  if (schema.contains("type")) {
    Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
    types.push_back("null");
    schema["type"] = types;
  }
  return schema;
}

Json limit_schema() {
  return {{"oneOf",
           {{{"type", "string"}, {"description", "such as 1h30m, or none"}},
            {{"type", "object"},
             {"description", "exactly one unit"},
             {"properties",
              {{"seconds", {{"type", "integer"}, {"minimum", 1}}},
               {"minutes", {{"type", "integer"}, {"minimum", 1}}},
               {"hours", {{"type", "integer"}, {"minimum", 1}}},
               {"days", {{"type", "integer"}, {"minimum", 1}}},
               {"skip", {{"type", "boolean"}}}}},
             {"additionalProperties", false}}}}};
}

Json Writer::type(const FieldSpec& field, const TypeSpec& spec, bool exact) {
  switch (spec.type) {
    case Type::text: {
      if (!field.values.empty() && spec.element == nullptr) {
        Json values = Json::array();
        for (const std::string_view value : split(field.values, '|')) values.push_back(value);
        values.push_back(nullptr);
        return {{"enum", values}};
      }
      if (exact) return {{"type", "string"}};
      return {{"type", {"string", "number", "boolean"}}};
    }
    case Type::flag:
      return {{"type", "boolean"}};
    case Type::integer:
      if (field.flags & decode::kUnsigned) return {{"type", "integer"}, {"minimum", 0}};
      return {{"type", "integer"}};
    case Type::duration:
      return {{"type", "string"}, {"pattern", kDurationPattern}};
    case Type::limit:
      return limit_schema();
    case Type::list:
      return {{"type", "array"}, {"items", nullable(type(field, *spec.element, exact))}};
    case Type::map:
      return {{"type", "object"},
              {"additionalProperties", nullable(type(field, *spec.element, exact))}};
    case Type::object:
      break;
  }
  return reference(spec.object(), exact);
}

Json Writer::reference(const ObjectSpec& spec, bool exact) {
  std::string name(spec.name);
  if (exact) name += " (exact)";
  std::replace(name.begin(), name.end(), ' ', '-');
  std::erase_if(name, [](char c) { return c == '(' || c == ')'; });
  if (!definitions_.contains(name)) {
    definitions_[name] = Json::object();  // so that an object within itself ends here
    definitions_[name] = object(spec, exact, false);
  }
  // A reference may not have neighbours in draft-07, so the description needs a wrapper. The
  // definition itself allows null.
  return {{"allOf", Json::array({{{"$ref", "#/definitions/" + name}}})}};
}

void Writer::add_fields(const ObjectSpec& spec, bool exact, bool alternatives, Json& schema) {
  for (const FieldSpec& field : spec.fields) {
    const bool inside_exact = exact || (field.flags & decode::kExact) != 0;
    Json property = nullable(type(field, field.type, inside_exact));
    std::string doc(field.doc);
    if (field.flags & decode::kExtension) doc += " (understood by stepreg only)";
    if (field.flags & decode::kOldForm) doc += " (of an older schema)";
    property["description"] = doc;
    schema["properties"][std::string(field.name)] = std::move(property);
    if ((field.flags & decode::kRequired) && !alternatives)
      schema["required"].push_back(field.name);
  }
}

Json Writer::object(const ObjectSpec& spec, bool exact, bool top) {
  Json schema = {{"type", "object"}, {"description", spec.doc}, {"properties", Json::object()}};
  add_fields(spec, exact, false, schema);
  if (spec.embedded != nullptr) {
    add_fields(spec.embedded(), true, spec.note_embedded != nullptr, schema);
  }
  schema["additionalProperties"] = false;
  return top ? schema : nullable(schema);
}

constexpr SchemaName kNames[] = {
    {"ref", "**/step-registry/**/*-ref.yaml"},
    {"chain", "**/step-registry/**/*-chain.yaml"},
    {"workflow", "**/step-registry/**/*-workflow.yaml"},
    {"observer", "**/step-registry/**/*-observer.yaml"},
    {"config", "**/config/**/*.yaml"},
    {"cluster-profiles", "**/cluster-profiles/cluster-profiles-config.yaml"},
    {"settings", "**/.stepreg.yaml"},
};
constexpr const ObjectSpec& (*kSpecs[])() = {
    &decode::spec_of<decode::RefWrapper>,
    &decode::spec_of<decode::ChainWrapper>,
    &decode::spec_of<decode::WorkflowWrapper>,
    &decode::spec_of<decode::ObserverWrapper>,
    &decode::spec_of<Config>,
    &decode::spec_of<ClusterProfiles>,
    &decode::spec_of<Settings>,
};
static_assert(std::size(kNames) == std::size(kSpecs));

}  // namespace

std::span<const SchemaName> schema_names() {
  return kNames;
}

std::string input_schema(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i].name != name) continue;
    const ObjectSpec& spec = kSpecs[i]();
    Writer writer;
    Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                   {"$id", "stepreg." + std::string(name) + ".schema.json"},
                   {"title", spec.doc}};
    schema.update(writer.object(spec, false, true));
    schema["definitions"] = writer.definitions();
    return schema.dump(2) + "\n";
  }
  return "";
}

}  // namespace stepreg::render
