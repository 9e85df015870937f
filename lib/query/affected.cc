#include "query/affected.h"

#include <algorithm>

#include "plan/effect.h"
#include "query/reason.h"
#include "query/version_pairs.h"

namespace stepreg::query {

namespace {

ChangeKind change_of(const TestPair& pair) {
  if (!pair.before) return ChangeKind::added;
  return pair.after ? ChangeKind::modified : ChangeKind::deleted;
}

}  // namespace

Affected find_affected(const load::Project& before, const load::Project& after, Sink& sink) {
  Affected affected;
  affected.changes = changes_between(before, after);
  struct Ordered {
    std::size_t order;
    AffectedTest test;
  };
  std::vector<Ordered> found;
  each_test_pair(before, after, affected.changes, {}, sink, [&](TestPair&& pair) {
    ++affected.compared;
    if (pair.before) pair.before = plan::effect_of(std::move(*pair.before));
    if (pair.after) pair.after = plan::effect_of(std::move(*pair.after));
    if (pair.before == pair.after) return;
    AffectedTest test;
    test.change = change_of(pair);
    test.partial = (pair.before && pair.before->partial) || (pair.after && pair.after->partial);
    test.reason = reason_of(pair, before, after, affected.changes);
    test.id = std::move(pair.id);
    test.config = std::move(pair.config);
    found.push_back({pair.order, std::move(test)});
  });
  std::stable_sort(found.begin(), found.end(), [](const Ordered& a, const Ordered& b) {
    return std::tie(a.test.config, a.order, a.test.change) <
           std::tie(b.test.config, b.order, b.test.change);
  });
  for (Ordered& each : found) affected.tests.push_back(std::move(each.test));
  return affected;
}

}  // namespace stepreg::query
