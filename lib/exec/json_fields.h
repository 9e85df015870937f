// Reading and writing JSON. Reading is tolerant: a field that is missing or of another type counts
// as absent. Internal: the only header of lib/exec, with step_json.h, that shows the JSON library.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/wall_time.h"

namespace stepreg::exec {

using Json = nlohmann::ordered_json;

// Invalid UTF-8 becomes U+FFFD; without line feeds unless `indent` is given.
std::string dumped(const Json& json, int indent = -1);
// A whole file, indented for people.
std::string document_text(const Json& json);

std::string text_of(const Json& json, const char* key);  // "" when absent
bool flag_of(const Json& json, const char* key);         // false when absent
std::vector<std::string> texts_of(const Json& json, const char* key);
template <class Number>
std::optional<Number> number_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  return found->template get<Number>();
}
std::optional<WallTime> time_from(const Json& json);

// null when there is nothing.
template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}
Json text_or_null(const std::string& text);
Json time_json(const std::optional<WallTime>& time);

}  // namespace stepreg::exec
