#include "rules/cron.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

#include "base/duration.h"
#include "base/text.h"

namespace stepreg::rules {

namespace {

using Problem = std::optional<std::string>;

constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view kWeekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::string_view kDescriptors[] = {"@yearly", "@annually", "@monthly", "@weekly",
                                             "@daily",  "@midnight", "@hourly"};

struct FieldKind {
  std::string_view name;
  int low;
  int high;
  std::span<const std::string_view> names;  // of `low`, `low` + 1, ...
};

constexpr FieldKind kFields[] = {{"seconds", 0, 59, {}},    {"minute", 0, 59, {}},
                                 {"hour", 0, 23, {}},       {"day of month", 1, 31, {}},
                                 {"month", 1, 12, kMonths}, {"weekday", 0, 6, kWeekdays}};

std::string in_field(const FieldKind& kind, const std::string& what) {
  return what + " in the field " + in_quotes(kind.name);
}

std::optional<int> number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<int> number_or_name(std::string_view text, const FieldKind& kind) {
  const std::string name = lower(text);
  for (std::size_t i = 0; i < kind.names.size(); ++i) {
    if (kind.names[i] == name) return kind.low + static_cast<int>(i);
  }
  return number(text);
}

Problem bound_problem(std::string_view text, const FieldKind& kind, int& value) {
  const std::optional<int> parsed = number_or_name(text, kind);
  if (!parsed) return in_field(kind, in_quotes(text) + " is no number");
  value = *parsed;
  if (value >= kind.low && value <= kind.high) return std::nullopt;
  return in_field(kind, in_quotes(text) + " is outside of " + std::to_string(kind.low) + " to " +
                            std::to_string(kind.high));
}

Problem range_problem(std::string_view range, const FieldKind& kind) {
  const auto bounds = split(range, '-');
  if (bounds[0] == "*" || bounds[0] == "?") {
    if (bounds.size() == 1) return std::nullopt;
    return in_field(kind, in_quotes(range) + " is no range");
  }
  if (bounds.size() > 2) return in_field(kind, in_quotes(range) + " has too many hyphens");
  int low = 0;
  if (Problem problem = bound_problem(bounds[0], kind, low)) return problem;
  if (bounds.size() == 1) return std::nullopt;
  int high = 0;
  if (Problem problem = bound_problem(bounds[1], kind, high)) return problem;
  if (low <= high) return std::nullopt;
  return in_field(kind, in_quotes(range) + " begins after its end");
}

Problem part_problem(std::string_view part, const FieldKind& kind) {
  if (part.empty()) return in_field(kind, "an empty element");
  const auto range_and_step = split(part, '/');
  if (range_and_step.size() > 2) return in_field(kind, in_quotes(part) + " has too many slashes");
  if (Problem problem = range_problem(range_and_step[0], kind)) return problem;
  if (range_and_step.size() == 1) return std::nullopt;
  const std::optional<int> step = number(range_and_step[1]);
  if (!step) return in_field(kind, in_quotes(range_and_step[1]) + " is no step");
  if (*step == 0) return in_field(kind, "the step of " + in_quotes(part) + " is zero");
  return std::nullopt;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  constexpr std::string_view kBlanks = " \t\n\r\v\f";
  std::size_t begin = text.find_first_not_of(kBlanks);
  while (begin != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, begin), text.size());
    found.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(kBlanks, end);
  }
  return found;
}

Problem descriptor_problem(std::string_view spec) {
  if (std::find(std::begin(kDescriptors), std::end(kDescriptors), spec) != std::end(kDescriptors))
    return std::nullopt;
  constexpr std::string_view kEvery = "@every ";
  if (!spec.starts_with(kEvery)) return in_quotes(spec) + " is no known schedule";
  const std::string_view duration = spec.substr(kEvery.size());
  if (parse_duration(duration)) return std::nullopt;
  return in_quotes(duration) + " is no duration";
}

// Zones are taken by their form: which ones exist depends on the machine that runs the schedule.
bool is_zone(std::string_view zone) {
  return zone.find("..") == std::string_view::npos && !zone.starts_with('/') &&
         std::all_of(zone.begin(), zone.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '/' || c == '_' || c == '-' || c == '+';
         });
}

}  // namespace

std::optional<std::string> cron_problem(std::string_view spec) {
  constexpr std::string_view kZone = "TZ=";
  if (spec.starts_with(kZone)) {
    const std::size_t blank = spec.find(' ');
    if (blank == std::string_view::npos) return "nothing follows the time zone " + in_quotes(spec);
    const std::string_view zone = spec.substr(kZone.size(), blank - kZone.size());
    if (!is_zone(zone)) return in_quotes(zone) + " is no time zone";
    spec = trimmed(spec.substr(blank));
  }
  if (spec.starts_with('@')) return descriptor_problem(spec);
  const auto fields = words(spec);
  if (fields.size() != 5 && fields.size() != 6) {
    return counted(fields.size(), "field") + " instead of 5, or 6 with seconds";
  }
  const std::size_t skipped = std::size(kFields) - fields.size();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    for (const std::string_view part : split(fields[i], ',')) {
      if (Problem problem = part_problem(part, kFields[i + skipped])) return problem;
    }
  }
  return std::nullopt;
}

}  // namespace stepreg::rules
