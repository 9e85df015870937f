#include "exec/json_fields.h"

#include "base/json_nesting.h"

namespace stepreg::exec {

Json parsed(std::string_view text) {
  if (json_nesting(text) > kMaxJsonNesting) return Json(Json::value_t::discarded);
  return Json::parse(text, nullptr, false);
}

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string document_text(const Json& json) {
  return dumped(json, 2) + "\n";
}

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

std::vector<std::string> texts_of(const Json& json, const char* key) {
  std::vector<std::string> out;
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return out;
  for (const Json& item : *found) {
    if (item.is_string()) out.push_back(item.get<std::string>());
  }
  return out;
}

std::optional<WallTime> time_from(const Json& json) {
  return json.is_string() ? parse_wall_time(json.get<std::string>()) : std::nullopt;
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json time_json(const std::optional<WallTime>& time) {
  return time ? Json(iso_utc(*time)) : Json(nullptr);
}

}  // namespace stepreg::exec
