// The limits that a step gives itself.
#include "base/text.h"
#include "rules/limit_rules.h"

namespace stepreg::rules {

namespace {

constexpr Nanoseconds kSecond = std::chrono::seconds(1);
constexpr Nanoseconds kHour = std::chrono::hours(1);

// A bare number is reported as such. In front of the value there may be an anchor or a tag.
bool has_unit(Place place) {
  const std::string_view text = place.file->text();
  const std::uint32_t end = token_end(text, place.offset);
  const std::string_view token = text.substr(place.offset, end - place.offset);
  return token.substr(token.rfind(' ') + 1).find_first_of("hmsun") != std::string_view::npos;
}

}  // namespace

void check_own_limits(const Step& step, const StepContext& context) {
  const DurationValue& grace = step.grace_period;
  if (grace && grace->count() > 0 && has_unit(grace.place)) {
    const bool beyond = step.timeout && step.timeout->count() > 0 && has_unit(step.timeout.place) &&
                        *grace > *step.timeout;
    if (*grace < kSecond || *grace > kHour || beyond) {
      const std::string limit =
          beyond ? ", more than its `timeout` of " + in_quotes(short_duration(*step.timeout)) : "";
      context
          .add(rule("SR727"), grace.place, "grace_period",
               context.who + " has a grace period of " + in_quotes(short_duration(*grace)) + limit)
          .hint = "it is the time between the request to end and the kill; seconds to minutes";
    }
  }
  const Limit& idle = step.idle_timeout;
  if (idle && !idle->none && step.timeout && step.timeout->count() > 0 &&
      has_unit(step.timeout.place) && idle->duration >= *step.timeout) {
    context
        .add(rule("SR728"), idle.place, "idle_timeout",
             "the idle limit of " + context.who + " is not shorter than its `timeout` of " +
                 in_quotes(short_duration(*step.timeout)))
        .hint = "make it shorter, or remove it";
  }
}

}  // namespace stepreg::rules
