#include <nlohmann/json.hpp>

#include "plan/fields.h"
#include "plan/json.h"

namespace stepreg::plan {

namespace {

using Json = nlohmann::ordered_json;

// The schema of a type; an object type goes once into `definitions`.
class SchemaMaker {
 public:
  explicit SchemaMaker(Json& definitions) : definitions_(definitions) {}

  template <class T>
  void field(const char* key, const T& member, Presence presence, const char* text) {
    Json schema = of(member);
    if (std::string_view(key) == "sha256") schema["pattern"] = "^[0-9a-f]{64}$";
    put(key, std::move(schema), text);
    if (presence == required) required_.push_back(key);
  }

  void limits(const char* key, const Limit (&values)[3], const char* text) {
    SchemaMaker inner(definitions_);
    for (Phase phase : kPhases) {
      const std::string each = std::string("Limit of the whole phase `") + phase_name(phase) + "`.";
      inner.field(phase_name(phase), values[static_cast<int>(phase)], sparse, each.c_str());
    }
    put(key, inner.take(), text);
  }

  // A reference may not have neighbours in draft-07, so a description wraps it.
  void put(const char* key, Json schema, const char* text) {
    if (schema.contains("$ref")) schema = {{"allOf", Json::array({schema})}};
    Json described = {{"description", text}};
    described.update(schema);
    properties_[key] = std::move(described);
  }

  Json take() {
    Json out = {{"type", "object"}};
    if (!required_.empty()) out["required"] = required_;
    out["properties"] = std::move(properties_);
    out["patternProperties"] = {{"^x-", Json::object()}};
    out["additionalProperties"] = false;
    return out;
  }

 private:
  Json of(const std::string&) { return {{"type", "string"}}; }
  Json of(bool) { return {{"type", "boolean"}}; }
  Json of(std::uint32_t) { return {{"type", "integer"}, {"minimum", 0}}; }
  Json of(std::uint64_t) { return {{"type", "integer"}, {"minimum", 0}}; }
  Json of(double) { return {{"type", "number"}, {"minimum", 0}}; }
  Json of(Phase) {
    Json names = Json::array();
    for (Phase phase : kPhases) names.push_back(phase_name(phase));
    return {{"type", "string"}, {"enum", names}};
  }
  Json of(Kind) {
    Json names = Json::array();
    for (Kind kind : kKinds) names.push_back(kind_name(kind));
    return {{"type", "string"}, {"enum", names}};
  }
  template <class T>
  Json of(const std::optional<T>&) {
    return of(T{});
  }
  template <class T>
  Json of(const std::vector<T>&) {
    return {{"type", "array"}, {"items", of(T{})}};
  }
  template <class T>
  Json of(const std::vector<std::pair<std::string, T>>&) {
    return {{"type", "object"}, {"additionalProperties", of(T{})}};
  }
  template <class T>
  requires std::is_class_v<T> Json of(const T& value) {
    const std::string name = name_of(value);
    if (!definitions_.contains(name)) {
      definitions_[name] = Json::object();
      SchemaMaker inner(definitions_);
      describe(inner, value);
      definitions_[name] = inner.take();
    }
    return {{"$ref", "#/definitions/" + name}};
  }

  static const char* name_of(const Origin&) { return "origin"; }
  static const char* name_of(const Overridden&) { return "overridden"; }
  static const char* name_of(const EnvVar&) { return "env_var"; }
  static const char* name_of(const Dependency&) { return "dependency"; }
  static const char* name_of(const Lease&) { return "lease"; }
  static const char* name_of(const Limit&) { return "limit"; }
  static const char* name_of(const Script&) { return "script"; }
  static const char* name_of(const Image&) { return "image"; }
  static const char* name_of(const Credential&) { return "credential"; }
  static const char* name_of(const DnsConfig&) { return "dns"; }
  static const char* name_of(const Resources&) { return "resources"; }
  static const char* name_of(const Step&) { return "step"; }
  static const char* name_of(const Observer&) { return "observer"; }
  static const char* name_of(const ClusterProfile&) { return "cluster_profile"; }
  static const char* name_of(const Machine&) { return "machine"; }
  static const char* name_of(const Job&) { return "job"; }
  static const char* name_of(const Dropped&) { return "dropped"; }

  Json& definitions_;
  Json properties_ = Json::object();
  Json required_ = Json::array();
};

}  // namespace

std::string json_schema() {
  Json definitions = Json::object();
  SchemaMaker maker(definitions);
  maker.put("format", {{"const", kFormat}}, "Says that this is a plan.");
  maker.put("version", {{"type", "string"}, {"pattern", "^1\\.[0-9]+$"}},
            "Major and minor version; minor versions only add.");
  const Plan plan;
  describe(maker, plan);
  maker.put("digest", {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}},
            "SHA-256 of this document on one line without `digest`: "
            "`jq -cj 'del(.digest)' PLAN | sha256sum`.");
  Json body = maker.take();
  body["required"] = {"format", "version", "job"};
  Json out = {{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"$id", "stepreg.plan.schema.json"},
              {"title", "stepreg plan, version 1"},
              {"description",
               "One job, resolved and flat: what `stepreg resolve -o json` writes and "
               "`steprun run` runs. All times are seconds."}};
  out.update(body);
  out["definitions"] = std::move(definitions);
  return out.dump(2) + "\n";
}

}  // namespace stepreg::plan
