// Durations, and limits of the LAVA model: `1h30m`, `{minutes: 5}` or `none` (execution.md 3.2).
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "decode/decoder.h"
#include "diag/edit.h"

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

Edit replace_bytes(Place place, std::size_t length, const std::string& text) {
  return {place.file->path(), place.offset, static_cast<std::uint32_t>(length), text, false};
}

constexpr std::int64_t kMaxSeconds = INT64_MAX / 1'000'000'000;

}  // namespace

void Decoder::check_sign(Place place, Nanoseconds value) {
  if (value.count() < 0) {
    sink_.add(rule("SR208"), place, in_quotes(field_) + " is negative").subject =
        std::string(field_);
  } else if (value.count() == 0) {
    sink_.add(rule("SR209"), place, in_quotes(field_) + " is zero, which means the default")
        .subject = std::string(field_);
  }
}

void Decoder::read(NodeId node, DurationValue& value) {
  node = document_.resolved(node);
  if (is_null(node)) return;
  const Node& it = document_[node];
  const Scalar scalar = scalar_of(node);
  const Place place = document_.place(node);
  if (it.kind != Node::Kind::scalar || scalar.type == Scalar::Type::boolean) {
    return wrong_type(node, "a duration such as `1h30m`");
  }
  if (scalar.type == Scalar::Type::text) {
    const auto parsed = parse_duration(it.text);
    if (!parsed) {
      Diagnostic& finding =
          sink_.add(rule("SR206"), place, in_quotes(it.text) + " is not a duration");
      finding.subject = std::string(field_);
      finding.hint = "write numbers with the units h, m or s, without blanks: `1h30m`, `90s`";
      value.place = place;  // it is there, with a value of zero: nobody shall miss it
      return;
    }
    value.value = *parsed;
    check_unit(place, it.text, *parsed);
  } else {
    Integer count;
    read(node, count);
    if (!count.present()) return;
    value.value = Nanoseconds{*count};
    Diagnostic& finding = sink_.add(rule("SR207"), place,
                                    in_quotes(field_) + " has no unit: ci-operator reads " +
                                        in_quotes(it.text) + " as nanoseconds");
    finding.subject = std::string(field_);
    if (count.value > 0 && count.value < 1'000'000) {
      finding.hint = "if seconds were meant, write `" +
                     short_duration(Nanoseconds{*count * 1'000'000'000}) + "`";
      finding.fix = Fix::unsafe;
      finding.edits.push_back(
          replace_token(place, short_duration(Nanoseconds{*count * 1'000'000'000})));
    }
  }
  value.place = place;
  check_sign(place, value.value);
}

// A text of one unit that says the same in a larger one: `28800s`. And limits of a day or more.
void Decoder::check_unit(Place place, std::string_view text, Nanoseconds value) {
  check_length(place, value);
  const bool one_unit = text.find_first_not_of("0123456789") + 1 == text.size();
  if (!one_unit || (!text.ends_with('s') && !text.ends_with('m'))) return;
  if (value < std::chrono::minutes(1) || value % std::chrono::minutes(1) != Nanoseconds::zero()) {
    return;
  }
  const std::string better = short_duration(value);
  if (text.ends_with('m') && better.ends_with('m')) return;  // `90m` is well understood
  Diagnostic& finding =
      sink_.add(rule("SR724"), place, in_quotes(text) + " is written " + in_quotes(better));
  finding.subject = std::string(field_);
  finding.fix = Fix::safe;
  finding.edits.push_back(replace_token(place, better));
}

// The same for `{seconds: 120}`; `count` is what stands beside the unit.
void Decoder::check_unit(const Text& unit, const Integer& count) {
  std::size_t at = 0;
  while (kUnits[at].name != *unit) ++at;
  const std::size_t written = at;
  std::int64_t number = *count;
  while (at < 2 && number % 60 == 0) number /= 60, ++at;
  const bool uneven = at == written && at < 2 && number > 60;
  if (at == written && !uneven) return;
  if (uneven) number = number / 60 + 1, ++at;
  const std::string better(kUnits[at].name);
  Diagnostic& finding =
      sink_.add(uneven ? rule("SR725") : rule("SR724"), unit.place,
                std::to_string(*count) + " " + std::string(*unit) + " " +
                    (uneven ? "are about " : "are ") + std::to_string(number) + " " + better);
  finding.subject = std::string(field_);
  const auto edit = [&](Place place, const std::string& before, const std::string& after) {
    const bool plain = place.file->text().substr(place.offset).starts_with(before);
    if (plain) finding.edits.push_back(replace_bytes(place, before.size(), after));
    return plain;
  };
  if (edit(unit.place, std::string(*unit), better) &&
      edit(count.place, std::to_string(*count), std::to_string(number))) {
    finding.fix = uneven ? Fix::unsafe : Fix::safe;
  }
}

void Decoder::check_length(Place place, Nanoseconds value) {
  if (value < std::chrono::hours(24)) return;
  sink_
      .add(rule("SR726"), place,
           in_quotes(field_) + " is " + in_quotes(short_duration(value)) +
               "; a day or more is very long")
      .subject = std::string(field_);
}

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
               unit == nullptr ? in_quotes(*pair.key) + " is no unit of a limit"
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
    check_length(place, value->duration);
    check_unit(pair.key, count);
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
    Diagnostic& finding = sink_.add(rule("SR206"), place, in_quotes(it.text) + " is not a limit");
    finding.subject = std::string(field_);
    finding.hint = bare ? "a number needs a unit: `10m`, or `{minutes: 10}`"
                        : "write `1h30m`, `{minutes: 90}` or `none`";
    return;
  }
  check_sign(place, *parsed);
  if (parsed->count() <= 0) return;  // zero: the default stays
  value.value.duration = *parsed;
  value.place = place;
  check_unit(place, it.text, *parsed);
}

}  // namespace stepreg::decode
