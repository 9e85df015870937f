// Requests and limits of containers (registry.md 3.9, R090 to R096).
#include "base/quantity.h"
#include "base/text.h"
#include "diag/edit.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

namespace {

constexpr std::string_view kSharedMemory = "ci-operator.openshift.io/shm";
constexpr std::string_view kKvm = "devices.kubevirt.io/kvm";
constexpr std::string_view kKnownResources[] = {
    "cpu", "memory", "ephemeral-storage", kSharedMemory, "nvidia.com/gpu", kKvm};
constexpr std::uint64_t kMaxSharedMemory = 2'000'000'000;

bool is_known(std::string_view name) {
  for (const std::string_view known : kKnownResources) {
    if (name == known) return true;
  }
  return false;
}

void check_quantity(const Entry<Text>& entry, const std::string& subject,
                    const StepContext& context) {
  const std::string_view name = *entry.key;
  const std::string_view text = *entry.value;
  const Place at = entry.value.place;
  const std::string what = in_quotes(text) + " for " + in_quotes(name);
  if (name == kKvm) {
    if (text != "1") context.add(rule("SR239"), at, subject, what + " is not `1`");
    return;
  }
  const auto quantity = parse_quantity(text);
  if (!quantity) {
    context.add(rule("SR240"), at, subject, what + " is not a quantity").hint =
        "write a number with an optional suffix, without blanks: `500m`, `2`, `4Gi`";
  } else if (quantity->is_zero()) {
    context.add(rule("SR241"), at, subject, what + " is zero").hint = "leave it out";
  } else if (quantity->is_negative()) {
    context.add(rule("SR242"), at, subject, what + " is negative");
  } else if (name == kSharedMemory && quantity->is_above(kMaxSharedMemory)) {
    context.add(rule("SR243"), at, subject, what + " is above the maximum of `2G`").hint =
        "`2G` is 2000000000 bytes; `2Gi` is more";
  }
}

void check_list(const TextMap& list, const std::string& field, const StepContext& context) {
  for (const Entry<Text>& entry : list) {
    const std::string subject = field + "." + std::string(*entry.key);
    if (is_known(*entry.key)) {
      check_quantity(entry, subject, context);
      continue;
    }
    Diagnostic& finding = context.add(rule("SR238"), entry.key.place, subject,
                                      "there is no resource " + in_quotes(*entry.key));
    suggest(finding, entry.key.place, *entry.key, kKnownResources);
    if (finding.hint.empty())
      finding.hint = "known are cpu, memory, ephemeral-storage and others; see the rule";
  }
}

}  // namespace

void check_resources(const Located<Resources>& resources, const std::string& field,
                     const StepContext& context) {
  if (resources->requests.empty() && resources->limits.empty()) {
    context
        .add(rule("SR237"), resources.place, field,
             context.who + (resources ? " has empty `resources`" : " has no `resources`"))
        .hint = "add at least `resources: {requests: {cpu: 100m}}`";
  }
  check_list(resources->requests, field + ".requests", context);
  check_list(resources->limits, field + ".limits", context);
}

}  // namespace stepreg::rules
