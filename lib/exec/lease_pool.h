// Leases from local pools (execution.md 2.7). A pool is the list of names that the plan gives for a
// type; its records live in <state root>/leases/<type>/<name>.json and are shared by all runs of
// the machine under one lock per pool. Waiters are served first come, first served.
//
//   LeaseAcquisition acquisition(dir, plan.machine.lease_pools, plan.leases, {run_id, self});
//   while (acquisition.advance() == LeaseProgress::waiting) { wait kLeasePoll, signals, limit }
//   ... acquisition.held() in order of acquisition; release in reverse: release_lease()
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/wall_time.h"
#include "exec/process_identity.h"
#include "plan/plan.h"

namespace stepreg::exec {

inline constexpr std::chrono::milliseconds kLeasePoll{200};
inline constexpr std::chrono::seconds kLeaseWaiterPatience{60};  // a waiter that stopped asking

// Type -> names, as in plan::Machine.
using LeasePools = std::vector<std::pair<std::string, std::vector<std::string>>>;

// Type -> seconds after the last heartbeat for which the lease of a dead run stays dirty, as in
// plan::Machine. Types that are not in it: until the run was cleaned.
using LeaseTtls = std::vector<std::pair<std::string, double>>;

struct LeaseOwner {
  std::string run_id;
  ProcessIdentity process;
};

// dirty: the owner died without releasing it. It is not handed out before that run was cleaned, the
// lease was reclaimed, or its time to live passed (M063).
enum class LeaseState : std::uint8_t { free, leased, dirty };
const char* lease_state_name(LeaseState state);

struct LeaseRecord {
  std::string type;
  std::string name;
  LeaseState state = LeaseState::free;  // as it is now: a dead owner's lease reads as dirty
  std::optional<LeaseOwner> owner;
  std::optional<WallTime> acquired;
  std::optional<WallTime> heartbeat;
};

struct HeldLease {
  std::string type;
  std::string name;
  std::string env;        // variable of the request that it belongs to
  std::size_t order = 0;  // position among all that the run holds, from 0
  bool operator==(const HeldLease&) const = default;
};

enum class LeaseProgress { done, waiting, failed };

// Acquires everything that a plan asks for: by type, then by position in the plan. All requests of
// one type are served together or not at all (M061), so that runs cannot starve each other with
// fragments. Nothing blocks.
class LeaseAcquisition {
 public:
  LeaseAcquisition(std::string leases_dir, LeasePools pools, std::vector<plan::Lease> requests,
                   LeaseOwner owner, LeaseTtls ttls = {});
  // Leaves the queue. What is held stays held: releasing is the caller's decision.
  ~LeaseAcquisition();
  LeaseAcquisition(const LeaseAcquisition&) = delete;
  LeaseAcquisition& operator=(const LeaseAcquisition&) = delete;

  // The type that the next advance() tries: for the journal's intent record (M021). Empty when
  // done.
  std::string next_type() const;
  // Tries the next types until everything is held (done), one is not free (waiting), or one can
  // never be had: unknown type, more than the pool has, unusable directory (failed; see error()).
  LeaseProgress advance();
  const std::vector<HeldLease>& held() const { return held_; }
  const Error& error() const { return error_; }
  // While waiting: "`aws` is not free: position 2 in the queue; 3 of 3 leased (run-a, run-b, ...)".
  const std::string& waiting_for() const { return waiting_for_; }
  std::size_t queue_position() const { return position_; }  // from 1; 0 when not waiting
  void leave_queue();

 private:
  struct Group {
    std::string type;
    std::vector<std::size_t> requests;  // indices into requests_
    std::size_t count = 0;
  };
  LeaseProgress try_group(const Group& group);
  LeaseProgress fail(Error error);
  std::vector<HeldLease> chosen(const Group& group, const std::vector<std::string>& usable) const;
  void wait_at(std::size_t place, std::string waiting_for);

  std::string dir_;
  LeasePools pools_;
  std::vector<plan::Lease> requests_;
  LeaseOwner owner_;
  LeaseTtls ttls_;
  std::vector<Group> groups_;  // sorted by type
  std::size_t next_ = 0;
  std::vector<HeldLease> held_;
  Error error_;
  std::string waiting_for_;
  std::size_t position_ = 0;
  bool queued_ = false;
};

// Gives one lease back. Not an error when it is free already (a repeated cleanup); an error when
// another run holds it now, or the record cannot be written.
Result<void> release_lease(const std::string& leases_dir, const HeldLease& lease,
                           const std::string& run_id);

// Refreshes the heartbeat of all. Returns the leases that are not ours any more.
std::vector<HeldLease> heartbeat_leases(const std::string& leases_dir,
                                        const std::vector<HeldLease>& held,
                                        const LeaseOwner& owner);

// Everything that the records say is held by that run, in order of acquisition.
Result<std::vector<HeldLease>> leases_of_run(const std::string& leases_dir,
                                             const std::string& run_id);

// Takes over the leases of a dead run by name, for its cleanup (M091). Returns those that are gone:
// released, or held by another run.
Result<std::vector<HeldLease>> reclaim_for_cleanup(const std::string& leases_dir,
                                                   const std::vector<HeldLease>& leases,
                                                   const LeaseOwner& owner);

// All records of all pools, sorted by type and name. A missing directory has none.
Result<std::vector<LeaseRecord>> list_leases(const std::string& leases_dir);
// Makes a dirty lease free (`steprun lease reclaim --force`). A lease whose owner is alive, or that
// does not exist, is an error.
Result<void> forgive_lease(const std::string& leases_dir, const std::string& type,
                           const std::string& name);

// The value of each lease variable: names joined by a blank in order of acquisition (E240).
std::vector<std::pair<std::string, std::string>> lease_environment(
    const std::vector<HeldLease>& held);

}  // namespace stepreg::exec
