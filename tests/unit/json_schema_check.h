// Checks a document against one of our own schemas: the part of JSON Schema draft-07 that they use.
#pragma once

#include <algorithm>

#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "temp_dir.h"

namespace stepreg::test {

class SchemaCheck {
 public:
  explicit SchemaCheck(const std::string& name)
      : schema_(nlohmann::json::parse(get(SOURCE_DIR "/schemas/" + name + ".schema.json"))) {}

  // The JSON pointer of the first place that breaks the schema, with the keyword; empty: none does.
  std::string problem(const nlohmann::json& value) const { return check(schema_, value, ""); }

 private:
  using Json = nlohmann::json;

  static bool has_type(const Json& type, const Json& value) {
    if (type.is_array()) {
      return std::any_of(type.begin(), type.end(),
                         [&value](const Json& one) { return has_type(one, value); });
    }
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "boolean") return value.is_boolean();
    return type == "null" && value.is_null();
  }

  std::string check(const Json& schema, const Json& value, const std::string& at) const {
    for (const auto& [keyword, rule] : schema.items()) {
      std::string found;
      if (keyword == "$ref") {
        found = check(schema_.at(Json::json_pointer(rule.get<std::string>().substr(1))), value, at);
      } else if (keyword == "allOf") {
        for (const Json& part : rule) found += check(part, value, at);
      } else if (!keeps(keyword, rule, value)) {
        found = at + " breaks " + keyword;
      }
      if (found.empty() && keyword == "properties" && value.is_object()) {
        found = members(schema, value, at);
      }
      if (found.empty() && keyword == "items" && value.is_array()) {
        for (std::size_t i = 0; i < value.size() && found.empty(); ++i) {
          found = check(rule, value[i], at + "/" + std::to_string(i));
        }
      }
      if (!found.empty()) return found;
    }
    return "";
  }

  static bool keeps(const std::string& keyword, const Json& rule, const Json& value) {
    if (keyword == "type") return has_type(rule, value);
    if (keyword == "const") return value == rule;
    if (keyword == "enum") return std::find(rule.begin(), rule.end(), value) != rule.end();
    if (keyword == "minimum") return !value.is_number() || value >= rule;
    if (keyword == "pattern" && value.is_string()) {
      return std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()));
    }
    if (keyword != "required" || !value.is_object()) return true;
    return std::all_of(rule.begin(), rule.end(), [&value](const Json& name) {
      return value.contains(name.get<std::string>());
    });
  }

  // Members that the schema does not name are a gap in the schema.
  std::string members(const Json& schema, const Json& value, const std::string& at) const {
    for (const auto& [name, member] : value.items()) {
      const auto rule = schema["properties"].find(name);
      if (rule == schema["properties"].end()) return at + "/" + name + " is not in the schema";
      std::string found = check(*rule, member, at + "/" + name);
      if (!found.empty()) return found;
    }
    return "";
  }

  Json schema_;
};

}  // namespace stepreg::test
