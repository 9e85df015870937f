#include <cmath>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/sha256.h"
#include "plan/fields.h"
#include "plan/json.h"

namespace stepreg::plan {

namespace {

using Json = nlohmann::ordered_json;

class Writer {
 public:
  template <class T>
  void field(const char* key, const T& value, Presence presence, const char*) {
    if (presence == sparse && value == T{}) return;
    out_[key] = convert(value);
  }

  void limits(const char* key, const Limit (&values)[3], const char*) {
    Json object = Json::object();
    for (Phase phase : kPhases) {
      const Limit& limit = values[static_cast<int>(phase)];
      if (!(limit == Limit{})) object[phase_name(phase)] = convert(limit);
    }
    if (!object.empty()) out_[key] = std::move(object);
  }

  Json take() { return std::move(out_); }

 private:
  static Json convert(const std::string& value) { return value; }
  static Json convert(bool value) { return value; }
  static Json convert(std::uint32_t value) { return value; }
  static Json convert(std::uint64_t value) { return value; }
  static Json convert(Phase value) { return phase_name(value); }
  static Json convert(Kind value) { return kind_name(value); }
  // Whole numbers without a fraction, so that 7200 reads as what was written.
  static Json convert(double value) {
    CHECK(std::isfinite(value));
    const bool whole = std::floor(value) == value && std::fabs(value) < 1e15;
    return whole ? Json(static_cast<std::int64_t>(value)) : Json(value);
  }
  template <class T>
  static Json convert(const std::optional<T>& value) {
    return value ? convert(*value) : Json(nullptr);
  }
  template <class T>
  static Json convert(const std::vector<T>& values) {
    Json array = Json::array();
    for (const T& value : values) array.push_back(convert(value));
    return array;
  }
  template <class T>
  static Json convert(const std::vector<std::pair<std::string, T>>& entries) {
    Json object = Json::object();
    for (const auto& [key, value] : entries) object[key] = convert(value);
    return object;
  }
  template <class T>
  requires std::is_class_v<T>
  static Json convert(const T& value) {
    Writer inner;
    describe(inner, value);
    return inner.take();
  }

  friend Json document(const Plan& plan);
  Json out_ = Json::object();
};

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json document(const Plan& plan) {
  Json out = Json::object();
  out["format"] = kFormat;
  out["version"] = kVersion;
  out.update(Writer::convert(plan));
  out["digest"] = sha256_hex(dumped(out, -1));
  return out;
}

}  // namespace

std::string to_json(const Plan& plan, Style style) {
  const Json out = document(plan);
  return style == Style::line ? dumped(out, -1) : dumped(out, 2) + "\n";
}

}  // namespace stepreg::plan
