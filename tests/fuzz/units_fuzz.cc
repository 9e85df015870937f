// Durations, quantities and points of time: what is printed means what was read.
#include "base/check.h"
#include "base/duration.h"
#include "base/quantity.h"
#include "base/wall_time.h"
#include "fuzz.h"

namespace stepreg::fuzz {

namespace {

void try_duration(std::string_view text) {
  const auto value = parse_duration(text);
  if (!value) return;
  CHECK(parse_duration(go_duration(*value)) == value);
  CHECK(parse_duration(short_duration(*value)) == value);
  const bool signed_text = text.front() == '-' || text.front() == '+';
  if (!signed_text) CHECK(parse_duration("-" + std::string(text)) == -*value);
}

void try_quantity(std::string_view text) {
  const auto value = parse_quantity(text);
  if (!value) return;
  CHECK(!(value->is_zero() && value->is_negative()));
  const std::uint64_t units = value->units();
  if (value->is_negative() || value->is_zero()) {
    CHECK(units == 0 && !value->is_above(0));
    return;
  }
  CHECK(units > 0 && value->is_above(units - 1));
  if (units < UINT64_MAX) CHECK(!value->is_above(units));
  constexpr std::uint64_t kExact = 1'000'000'000'000'000'000;  // far above any limit
  const auto whole = parse_quantity(std::to_string(units));
  CHECK(whole && (units >= kExact || whole->units() == units));
  const bool signed_text = text.front() == '-' || text.front() == '+';
  if (!signed_text) CHECK(parse_quantity("-" + std::string(text))->is_negative());
}

void try_time(std::string_view text) {
  const auto time = parse_wall_time(text);
  if (!time) return;
  CHECK(iso_micros(*time).size() == 26);
  const auto again = parse_wall_time(iso_micros(*time));
  CHECK(again && parse_wall_time(iso_micros(*again)) == again);
  CHECK(parse_wall_time(iso_utc(*time)).has_value());
  CHECK(parse_wall_time(epoch_micros(*time)).has_value());
  parse_wall_time(text, Zone::local);
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = stepreg::fuzz::text_of(data, size);
  stepreg::fuzz::try_duration(text);
  stepreg::fuzz::try_quantity(text);
  stepreg::fuzz::try_time(text);
  return 0;
}
