// The files of one lease pool: one record per name, the queue, and the lock that guards both.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "exec/lease_pool.h"

namespace stepreg::exec {

// A record as it is on disk, with what brings a lease back to its request after a crash.
struct StoredLease {
  LeaseRecord record;
  std::string env;
  std::size_t order = 0;
};

// A run that waits for leases of this pool.
struct LeaseWaiter {
  LeaseOwner owner;
  std::vector<std::string> names;  // that it could use
  WallTime seen{};                 // when it last asked
};

// A pool with its lock held. Names and types may contain anything: see path_component().
class LockedPool {
 public:
  // Tries for at most `patience`; Code::busy when somebody holds the lock all that time. The
  // directory is created when missing.
  static Result<LockedPool> lock(const std::string& leases_dir, const std::string& type,
                                 std::chrono::milliseconds patience);

  // A name without record is free. A record that cannot be understood is dirty and has no owner:
  // nobody knows what it stands for.
  Result<StoredLease> load(const std::string& name) const;
  Result<void> store(const StoredLease& lease) const;

  // The living waiters, first come first; damaged content is no waiter.
  std::vector<LeaseWaiter> queue() const;
  void store_queue(const std::vector<LeaseWaiter>& waiters) const;

 private:
  LockedPool(std::string directory, std::string type, UniqueFd fd);
  std::string record_path(const std::string& name) const;

  std::string directory_;
  std::string type_;
  UniqueFd fd_;
};

// All records of one pool directory, sorted by file name, without the lock.
Result<std::vector<StoredLease>> stored_leases(const std::string& pool_dir);
// The directories of all pools; none when `leases_dir` is missing.
Result<std::vector<std::string>> pool_directories(const std::string& leases_dir);

}  // namespace stepreg::exec
