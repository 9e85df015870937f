// Reading and writing JSON. Reading is tolerant: a field that is missing or of another type counts
// as absent. Internal: the only header of lib/exec, with step_json.h, that shows the JSON library.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/wall_time.h"

namespace stepreg::exec {

using Json = nlohmann::ordered_json;

// Discarded when it is no JSON, or nested deeper than kMaxJsonNesting.
Json parsed(std::string_view text);
// Invalid UTF-8 becomes U+FFFD; without line feeds unless `indent` is given.
std::string dumped(const Json& json, int indent = -1);
// A whole file, indented for people.
std::string document_text(const Json& json);

std::string text_of(const Json& json, const char* key);  // "" when absent
bool flag_of(const Json& json, const char* key);         // false when absent
std::vector<std::string> texts_of(const Json& json, const char* key);
// Absent also when the type cannot hold it: -1, 1.5 or 1e40 as an unsigned number.
template <class Number>
std::optional<Number> number_from(const Json& json) {
  if constexpr (std::is_floating_point_v<Number>) {
    return json.is_number() ? std::optional<Number>(json.get<Number>()) : std::nullopt;
  } else {
    const auto held = [](auto wide) {
      return std::in_range<Number>(wide) ? std::optional<Number>(static_cast<Number>(wide))
                                         : std::nullopt;
    };
    if (json.is_number_unsigned()) return held(json.get<std::uint64_t>());
    return json.is_number_integer() ? held(json.get<std::int64_t>()) : std::nullopt;
  }
}
template <class Number>
std::optional<Number> number_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() ? std::nullopt : number_from<Number>(*found);
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
