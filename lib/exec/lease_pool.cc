#include "exec/lease_pool.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "base/text.h"
#include "exec/lease_record.h"

namespace stepreg::exec {

namespace {

// advance() must not block: the pool is locked for microseconds, and asked again soon.
constexpr std::chrono::milliseconds kLockTry{20};
// A waiter's record is rewritten only now and then.
constexpr std::chrono::seconds kSeenInterval = kLeaseWaiterPatience / 4;

const std::vector<std::string>* names_of(const LeasePools& pools, const std::string& type) {
  for (const auto& [name, names] : pools) {
    if (name == type) return &names;
  }
  return nullptr;
}

std::vector<std::string> without_repeats(const std::vector<std::string>& names) {
  std::vector<std::string> unique;
  for (const std::string& name : names) {
    if (std::find(unique.begin(), unique.end(), name) == unique.end()) unique.push_back(name);
  }
  return unique;
}

struct PoolView {
  std::vector<std::string> free;
  std::vector<std::string> holders;  // "run-a", "run-b (dead)"; each once
  std::size_t taken = 0;
};

std::optional<double> ttl_of(const LeaseTtls& ttls, const std::string& type) {
  for (const auto& [name, seconds] : ttls) {
    if (name == type) return seconds;
  }
  return std::nullopt;
}

// A record that nobody understands has no heartbeat and never expires.
bool is_expired(const LeaseRecord& record, std::optional<double> ttl_s) {
  if (record.state != LeaseState::dirty || !ttl_s || !record.heartbeat) return false;
  return std::chrono::duration<double>(wall_now() - *record.heartbeat).count() > *ttl_s;
}

std::string described(const std::string& type, std::size_t position, std::size_t names,
                      const PoolView& view) {
  std::string text = in_quotes(type) + ": position " + std::to_string(position) +
                     " in the queue, " + std::to_string(view.taken) + " of " +
                     std::to_string(names) + " taken";
  if (!view.holders.empty()) text += " by " + join(view.holders, ", ");
  return text;
}

Result<PoolView> look_into(const LockedPool& pool, const std::vector<std::string>& names,
                           std::optional<double> ttl_s) {
  PoolView view;
  for (const std::string& name : names) {
    const Result<StoredLease> lease = pool.load(name);
    if (!lease) return lease.error();
    const LeaseRecord& record = lease->record;
    if (record.state == LeaseState::free || is_expired(record, ttl_s)) {
      view.free.push_back(name);
      continue;
    }
    ++view.taken;
    std::string holder = record.owner ? record.owner->run_id : "unreadable record";
    if (record.state == LeaseState::dirty && record.owner) holder += " (dead)";
    if (std::find(view.holders.begin(), view.holders.end(), holder) == view.holders.end()) {
      view.holders.push_back(std::move(holder));
    }
  }
  return view;
}

// What earlier waiters could use is left to them.
std::vector<std::string> left_over(std::vector<std::string> free,
                                   const std::vector<LeaseWaiter>& waiters, std::size_t before) {
  for (std::size_t i = 0; i < before; ++i) {
    const std::vector<std::string>& theirs = waiters[i].names;
    std::erase_if(free, [&theirs](const std::string& name) {
      return std::find(theirs.begin(), theirs.end(), name) != theirs.end();
    });
  }
  return free;
}

bool same_waiter(const LeaseWaiter& waiter, const LeaseOwner& owner) {
  return waiter.owner.run_id == owner.run_id && waiter.owner.process == owner.process;
}

// Our place in the queue, made when there is none yet; from 0.
std::size_t take_place(std::vector<LeaseWaiter>& waiters, const LeaseOwner& owner,
                       const std::vector<std::string>& names, bool& changed) {
  const WallTime now = wall_now();
  const auto ours = std::find_if(waiters.begin(), waiters.end(),
                                 [&owner](const LeaseWaiter& w) { return same_waiter(w, owner); });
  const auto place = static_cast<std::size_t>(ours - waiters.begin());
  changed = ours == waiters.end() || ours->seen + kSeenInterval < now;
  if (ours == waiters.end()) {
    waiters.push_back({owner, names, now});
  } else if (changed) {
    ours->seen = now;
  }
  return place;
}

// All of them, or none.
Result<void> mark_leased(const LockedPool& pool, const LeaseOwner& owner,
                         const std::vector<HeldLease>& leases) {
  const WallTime now = wall_now();
  for (std::size_t i = 0; i < leases.size(); ++i) {
    const HeldLease& lease = leases[i];
    const Result<void> stored = pool.store(
        {{lease.type, lease.name, LeaseState::leased, owner, now, now}, lease.env, lease.order});
    if (stored) continue;
    for (std::size_t j = 0; j < i; ++j) {
      static_cast<void>(
          pool.store({{leases[j].type, leases[j].name, LeaseState::free, {}, {}, {}}, {}, 0}));
    }
    return stored.error();
  }
  return {};
}

}  // namespace

LeaseAcquisition::LeaseAcquisition(std::string leases_dir, LeasePools pools,
                                   std::vector<plan::Lease> requests, LeaseOwner owner,
                                   LeaseTtls ttls)
    : dir_(std::move(leases_dir)),
      pools_(std::move(pools)),
      requests_(std::move(requests)),
      owner_(std::move(owner)),
      ttls_(std::move(ttls)) {
  std::vector<std::size_t> sorted(requests_.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::stable_sort(sorted.begin(), sorted.end(), [this](std::size_t a, std::size_t b) {
    return requests_[a].resource_type < requests_[b].resource_type;
  });
  for (const std::size_t request : sorted) {
    const std::string& type = requests_[request].resource_type;
    if (groups_.empty() || groups_.back().type != type) groups_.push_back({type, {}, 0});
    groups_.back().requests.push_back(request);
    groups_.back().count += requests_[request].count;
  }
}

LeaseAcquisition::~LeaseAcquisition() {
  leave_queue();
}

std::string LeaseAcquisition::next_type() const {
  return next_ < groups_.size() ? groups_[next_].type : std::string();
}

LeaseProgress LeaseAcquisition::fail(Error error) {
  leave_queue();
  error_ = std::move(error);
  return LeaseProgress::failed;
}

LeaseProgress LeaseAcquisition::advance() {
  while (next_ < groups_.size()) {
    const LeaseProgress progress = try_group(groups_[next_]);
    if (progress != LeaseProgress::done) return progress;
    ++next_;
  }
  return LeaseProgress::done;
}

LeaseProgress LeaseAcquisition::try_group(const Group& group) {
  const std::vector<std::string>* pool_names = names_of(pools_, group.type);
  if (pool_names == nullptr) {
    return fail({Error::Code::not_found, "there is no lease pool for the type " +
                                             in_quotes(group.type) +
                                             "; `lease_pools` of the plan lists them"});
  }
  const std::vector<std::string> names = without_repeats(*pool_names);
  if (group.count > names.size()) {
    return fail({Error::Code::invalid, counted(group.count, "lease") + " of the type " +
                                           in_quotes(group.type) + " asked for; its pool has " +
                                           std::to_string(names.size())});
  }
  const Result<LockedPool> pool = LockedPool::lock(dir_, group.type, kLockTry);
  if (!pool && pool.error().code != Error::Code::busy) return fail(pool.error());
  if (!pool) {
    waiting_for_ = pool.error().text;
    return LeaseProgress::waiting;
  }
  std::vector<LeaseWaiter> waiters = pool->queue();
  bool changed = false;
  const std::size_t place = take_place(waiters, owner_, names, changed);
  const Result<PoolView> view = look_into(*pool, names, ttl_of(ttls_, group.type));
  if (!view) return fail(view.error());
  const std::vector<std::string> usable = left_over(view->free, waiters, place);
  if (usable.size() < group.count) {
    if (changed) pool->store_queue(waiters);
    wait_at(place + 1, described(group.type, place + 1, names.size(), *view));
    return LeaseProgress::waiting;
  }
  const std::vector<HeldLease> obtained = chosen(group, usable);
  const Result<void> marked = mark_leased(*pool, owner_, obtained);
  if (!marked) return fail(marked.error());
  waiters.erase(waiters.begin() + static_cast<std::ptrdiff_t>(place));
  if (queued_) pool->store_queue(waiters);
  queued_ = false;
  position_ = 0;
  waiting_for_.clear();
  held_.insert(held_.end(), obtained.begin(), obtained.end());
  return LeaseProgress::done;
}

void LeaseAcquisition::wait_at(std::size_t place, std::string waiting_for) {
  queued_ = true;
  position_ = place;
  waiting_for_ = std::move(waiting_for);
}

std::vector<HeldLease> LeaseAcquisition::chosen(const Group& group,
                                                const std::vector<std::string>& usable) const {
  std::vector<HeldLease> out;
  for (const std::size_t request : group.requests) {
    for (std::uint64_t i = 0; i < requests_[request].count; ++i) {
      out.push_back(
          {group.type, usable[out.size()], requests_[request].env, held_.size() + out.size()});
    }
  }
  return out;
}

void LeaseAcquisition::leave_queue() {
  if (!std::exchange(queued_, false) || next_ >= groups_.size()) return;
  const Result<LockedPool> pool =
      LockedPool::lock(dir_, groups_[next_].type, std::chrono::milliseconds(200));
  if (!pool) return;  // the place is given up after kLeaseWaiterPatience anyway
  std::vector<LeaseWaiter> waiters = pool->queue();
  std::erase_if(waiters, [this](const LeaseWaiter& w) { return same_waiter(w, owner_); });
  pool->store_queue(waiters);
}

}  // namespace stepreg::exec
