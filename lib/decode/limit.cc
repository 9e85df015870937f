// Limits of the LAVA model: `1h30m`, `{minutes: 5}` or `none` (execution.md 3.2).
#include <cmath>

#include "base/text.h"
#include "decode/decoder.h"

namespace stepreg::decode {

using yaml::Node;
using yaml::NodeId;
using yaml::Scalar;

namespace {

struct Unit {
  std::string_view name;
  std::int64_t seconds;
};
constexpr Unit kUnits[] = {{"seconds", 1}, {"minutes", 60}, {"hours", 3600}, {"days", 86400}};

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

constexpr std::int64_t kMaxSeconds = INT64_MAX / 1'000'000'000;

}  // namespace

void Decoder::read(NodeId node, Limit& value) {
  node = document_.resolved(node);
  if (is_null(node)) return;
  if (document_[node].kind == Node::Kind::mapping) return read_limit_mapping(node, value);
  read_limit_text(node, value);
}

void Decoder::read_limit_mapping(NodeId node, Limit& value) {
  const Place place = document_.place(node);
  bool has_unit = false;
  for (const Pair& pair : pairs_of(node)) {
    if (*pair.key == "skip") {
      Flag skip;
      read(pair.value, skip);
      value.value.skip = is_true(skip);
      continue;
    }
    const Unit* unit = find_unit(*pair.key);
    Integer count;
    read(pair.value, count);
    if (unit == nullptr || has_unit) {
      sink_
          .add(rule("SR206"), pair.key.place,
               unit == nullptr ? quoted(*pair.key) + " is no unit of a limit"
                               : std::string("a limit has one unit only"))
          .hint =
          "write exactly one of seconds, minutes, hours and days, or a text such as `1h30m`";
      return;
    }
    has_unit = true;
    if (!count.present()) return;
    if (*count < 1 || *count > kMaxSeconds / unit->seconds) {
      sink_.add(rule("SR206"), count.place, "a limit must be at least 1").hint =
          "write `none` to switch the limit off";
      return;
    }
    value.value.duration = std::chrono::seconds(*count * unit->seconds);
  }
  if (!has_unit) {
    sink_.add(rule("SR206"), place, "a limit without a unit").hint =
        "write exactly one of seconds, minutes, hours and days";
    return;
  }
  value.place = place;
}

void Decoder::read_limit_text(NodeId node, Limit& value) {
  const Node& it = document_[node];
  const Place place = document_.place(node);
  if (it.kind != Node::Kind::scalar) return wrong_type(node, "a limit such as `1h30m`");
  if (it.text == "none") {
    value.value.none = true;
    value.place = place;
    return;
  }
  const auto parsed = parse_duration(it.text);
  const bool bare = scalar_of(node).type != Scalar::Type::text;
  if (!parsed || bare) {
    Diagnostic& finding = sink_.add(rule("SR206"), place, quoted(it.text) + " is not a limit");
    finding.subject = std::string(field_);
    finding.hint = bare ? "a number needs a unit: `10m`, or `{minutes: 10}`"
                        : "write `1h30m`, `{minutes: 90}` or `none`";
    return;
  }
  check_sign(place, *parsed);
  if (parsed->count() <= 0) return;  // zero: the default stays
  value.value.duration = *parsed;
  value.place = place;
}

}  // namespace stepreg::decode
