// What happens to leases after they were acquired.
#include <algorithm>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "exec/lease_pool.h"
#include "exec/lease_record.h"

namespace stepreg::exec {

namespace {

// A pool's lock is held for microseconds, except by a process that was stopped in between.
constexpr std::chrono::milliseconds kLockPatience{2000};

std::string named(const std::string& type, const std::string& name) {
  return "lease " + in_quotes(type + "/" + name);
}

bool is_ours(const LeaseRecord& record, const std::string& run_id) {
  return record.owner && record.owner->run_id == run_id;
}

StoredLease freed(const std::string& type, const std::string& name) {
  return {{type, name, LeaseState::free, {}, {}, {}}, {}, 0};
}

}  // namespace

Result<void> release_lease(const std::string& leases_dir, const HeldLease& lease,
                           const std::string& run_id) {
  const Result<LockedPool> pool = LockedPool::lock(leases_dir, lease.type, kLockPatience);
  if (!pool) return pool.error();
  const Result<StoredLease> stored = pool->load(lease.name);
  if (!stored) return stored.error();
  if (stored->record.state == LeaseState::free) return {};
  if (!is_ours(stored->record, run_id)) {
    const std::string who = stored->record.owner ? "run " + in_quotes(stored->record.owner->run_id)
                                                 : std::string("nobody known");
    return Error{Error::Code::invalid, named(lease.type, lease.name) + " is held by " + who};
  }
  return pool->store(freed(lease.type, lease.name));
}

std::vector<HeldLease> heartbeat_leases(const std::string& leases_dir,
                                        const std::vector<HeldLease>& held,
                                        const LeaseOwner& owner) {
  std::vector<HeldLease> lost;
  for (const HeldLease& lease : held) {
    // A pool that cannot be locked or read now says nothing about the lease.
    const Result<LockedPool> pool =
        LockedPool::lock(leases_dir, lease.type, std::chrono::milliseconds(20));
    if (!pool) continue;
    Result<StoredLease> stored = pool->load(lease.name);
    if (!stored) continue;
    if (!is_ours(stored->record, owner.run_id)) {
      lost.push_back(lease);
      continue;
    }
    stored->record.state = LeaseState::leased;
    stored->record.owner = owner;
    stored->record.heartbeat = wall_now();
    static_cast<void>(pool->store(*stored));
  }
  return lost;
}

Result<std::vector<HeldLease>> leases_of_run(const std::string& leases_dir,
                                             const std::string& run_id) {
  const Result<std::vector<std::string>> directories = pool_directories(leases_dir);
  if (!directories) return directories.error();
  std::vector<HeldLease> held;
  for (const std::string& directory : *directories) {
    const Result<std::vector<StoredLease>> leases = stored_leases(directory);
    if (!leases) return leases.error();
    for (const StoredLease& lease : *leases) {
      if (!is_ours(lease.record, run_id)) continue;
      held.push_back({lease.record.type, lease.record.name, lease.env, lease.order});
    }
  }
  std::sort(held.begin(), held.end(),
            [](const HeldLease& a, const HeldLease& b) { return a.order < b.order; });
  return held;
}

Result<std::vector<HeldLease>> reclaim_for_cleanup(const std::string& leases_dir,
                                                   const std::vector<HeldLease>& leases,
                                                   const LeaseOwner& owner) {
  std::vector<HeldLease> gone;
  for (const HeldLease& lease : leases) {
    const Result<LockedPool> pool = LockedPool::lock(leases_dir, lease.type, kLockPatience);
    if (!pool) return pool.error();
    Result<StoredLease> stored = pool->load(lease.name);
    if (!stored) return stored.error();
    if (!is_ours(stored->record, owner.run_id)) {
      gone.push_back(lease);
      continue;
    }
    stored->record.state = LeaseState::leased;
    stored->record.owner = owner;
    stored->record.heartbeat = wall_now();
    if (const Result<void> done = pool->store(*stored); !done) return done.error();
  }
  return gone;
}

Result<std::vector<LeaseRecord>> list_leases(const std::string& leases_dir) {
  const Result<std::vector<std::string>> directories = pool_directories(leases_dir);
  if (!directories) return directories.error();
  std::vector<LeaseRecord> records;
  for (const std::string& directory : *directories) {
    Result<std::vector<StoredLease>> leases = stored_leases(directory);
    if (!leases) return leases.error();
    for (StoredLease& lease : *leases) records.push_back(std::move(lease.record));
  }
  std::sort(records.begin(), records.end(), [](const LeaseRecord& a, const LeaseRecord& b) {
    return std::tie(a.type, a.name) < std::tie(b.type, b.name);
  });
  return records;
}

Result<void> forgive_lease(const std::string& leases_dir, const std::string& type,
                           const std::string& name) {
  const Result<std::vector<LeaseRecord>> records = list_leases(leases_dir);
  if (!records) return records.error();
  const bool known = std::any_of(records->begin(), records->end(), [&](const LeaseRecord& record) {
    return record.type == type && record.name == name;
  });
  if (!known) return Error{Error::Code::not_found, "there is no " + named(type, name)};
  const Result<LockedPool> pool = LockedPool::lock(leases_dir, type, kLockPatience);
  if (!pool) return pool.error();
  const Result<StoredLease> stored = pool->load(name);
  if (!stored) return stored.error();
  if (stored->record.state == LeaseState::free) return {};
  if (stored->record.state == LeaseState::leased) {
    return Error{Error::Code::busy, named(type, name) + " is in use: run " +
                                        in_quotes(stored->record.owner->run_id) + " is alive"};
  }
  return pool->store(freed(type, name));
}

std::vector<std::pair<std::string, std::string>> lease_environment(
    const std::vector<HeldLease>& held) {
  std::vector<std::pair<std::string, std::string>> variables;
  for (const HeldLease& lease : held) {
    const auto found =
        std::find_if(variables.begin(), variables.end(),
                     [&lease](const auto& entry) { return entry.first == lease.env; });
    if (found == variables.end()) {
      variables.emplace_back(lease.env, lease.name);
    } else {
      found->second += " " + lease.name;
    }
  }
  return variables;
}

}  // namespace stepreg::exec
