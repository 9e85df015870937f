#include "exec/lease_pool.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using test::put;
using test::TempDir;

namespace {

plan::Lease lease(const char* type, const char* env, std::uint64_t count = 1) {
  plan::Lease request;
  request.resource_type = type;
  request.env = env;
  request.count = count;
  return request;
}

LeaseOwner owner(const char* run) {
  return {run, self_identity()};
}

std::string names(const std::vector<HeldLease>& held) {
  std::string text;
  for (const HeldLease& one : held) text += one.env + "=" + one.name + " ";
  return text;
}

LeaseState state_of(const std::string& dir, const std::string& name) {
  const auto records = list_leases(dir);
  for (const LeaseRecord& record : *records) {
    if (record.name == name) return record.state;
  }
  return LeaseState::free;
}

// Runs `work` in a process of its own and waits for its end.
template <class Work>
int in_child(Work work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const LeasePools kPools = {{"b", {"b1", "b2", "b3"}}, {"a", {"a1"}}};

}  // namespace

TEST_CASE("leases are acquired by type and then by position, and given back") {
  const TempDir dir;
  LeaseAcquisition all(dir.path(), kPools, {lease("b", "B", 2), lease("a", "A"), lease("b", "C")},
                       owner("run"));
  CHECK(all.next_type() == "a");
  REQUIRE(all.advance() == LeaseProgress::done);
  CHECK(names(all.held()) == "A=a1 B=b1 B=b2 C=b3 ");
  CHECK(lease_environment(all.held())[1].second == "b1 b2");
  CHECK(*leases_of_run(dir.path(), "run") == all.held());
  CHECK(heartbeat_leases(dir.path(), all.held(), owner("run")).empty());
  for (auto held = all.held().rbegin(); held != all.held().rend(); ++held) {
    CHECK_FALSE(release_lease(dir.path(), *held, "other"));
    CHECK(release_lease(dir.path(), *held, "run"));
    CHECK(release_lease(dir.path(), *held, "run"));
  }
  CHECK(leases_of_run(dir.path(), "run")->empty());
  CHECK(list_leases(dir.path())->size() == 4);
  CHECK(heartbeat_leases(dir.path(), all.held(), owner("run")).size() == 4);
}

TEST_CASE("what can never be had fails at once, and what was held stays for the caller") {
  const TempDir dir;
  LeaseAcquisition unknown(dir.path(), kPools, {lease("a", "A"), lease("c", "C")}, owner("run"));
  CHECK(unknown.advance() == LeaseProgress::failed);
  CHECK(unknown.error().text.find("`c`") != std::string::npos);
  CHECK(unknown.held().size() == 1);
  LeaseAcquisition many(dir.path(), kPools, {lease("b", "B", 2), lease("b", "C", 2)}, owner("x"));
  CHECK(many.advance() == LeaseProgress::failed);
  CHECK(many.held().empty());
  put(dir / "file", "");
  LeaseAcquisition broken(dir / "file", kPools, {lease("b", "B")}, owner("run"));
  CHECK(broken.advance() == LeaseProgress::failed);
}

TEST_CASE("n leases of a type are obtained together, and nobody overtakes") {
  const TempDir dir;
  LeaseAcquisition first(dir.path(), kPools, {lease("b", "B", 2)}, owner("first"));
  REQUIRE(first.advance() == LeaseProgress::done);
  LeaseAcquisition second(dir.path(), kPools, {lease("b", "B", 2)}, owner("second"));
  CHECK(second.advance() == LeaseProgress::waiting);
  CHECK(second.held().empty());
  CHECK(second.queue_position() == 1);
  CHECK(second.waiting_for() == "`b`: position 1 in the queue, 2 of 3 taken by first");
  {
    LeaseAcquisition third(dir.path(), kPools, {lease("b", "B", 1)}, owner("third"));
    CHECK(third.advance() == LeaseProgress::waiting);  // b3 is left to the second
    CHECK(third.queue_position() == 2);
    // Names that no earlier waiter can use are free for others.
    LeaseAcquisition other(dir.path(), {{"b", {"b9"}}}, {lease("b", "B")}, owner("other"));
    CHECK(other.advance() == LeaseProgress::done);
  }
  CHECK(release_lease(dir.path(), first.held()[0], "first"));
  CHECK(second.advance() == LeaseProgress::done);
  CHECK(names(second.held()) == "B=b1 B=b3 ");
  CHECK(second.queue_position() == 0);
}

TEST_CASE("the lease of a dead run is dirty until it is cleaned or forgiven") {
  const TempDir dir;
  CHECK(in_child([&dir] {
          LeaseAcquisition dying(dir.path(), kPools, {lease("b", "B", 2), lease("a", "A")},
                                 owner("dead"));
          return dying.advance() == LeaseProgress::done ? 0 : 1;
        }) == 0);
  CHECK(state_of(dir.path(), "a1") == LeaseState::dirty);
  LeaseAcquisition next(dir.path(), kPools, {lease("a", "A")}, owner("next"));
  CHECK(next.advance() == LeaseProgress::waiting);
  CHECK(next.waiting_for().find("dead (dead)") != std::string::npos);
  // The cleanup of that run takes them over.
  const auto leases = leases_of_run(dir.path(), "dead");
  CHECK(names(*leases) == "A=a1 B=b1 B=b2 ");
  CHECK(reclaim_for_cleanup(dir.path(), *leases, owner("dead"))->empty());
  CHECK(state_of(dir.path(), "a1") == LeaseState::leased);
  CHECK_FALSE(forgive_lease(dir.path(), "a", "a1"));
  CHECK(next.advance() == LeaseProgress::waiting);
  CHECK(release_lease(dir.path(), leases->front(), "dead"));
  CHECK(next.advance() == LeaseProgress::done);
  CHECK(reclaim_for_cleanup(dir.path(), {leases->front()}, owner("dead"))->size() == 1);
}

TEST_CASE("a dirty lease can be forgiven, also when its record is damaged") {
  const TempDir dir;
  put(dir / "b/b1.json", "{\"state\": \"lea");
  put(dir / "b/.queue.json", "[{\"run\": 1}, 7, {\"names\": [1]}");
  LeaseAcquisition all(dir.path(), kPools, {lease("b", "B", 3)}, owner("run"));
  CHECK(all.advance() == LeaseProgress::waiting);
  CHECK(state_of(dir.path(), "b1") == LeaseState::dirty);
  CHECK(forgive_lease(dir.path(), "b", "b1"));
  CHECK_FALSE(forgive_lease(dir.path(), "b", "nothing"));
  CHECK(all.advance() == LeaseProgress::done);
}

TEST_CASE("a waiter that died gives up its place") {
  const TempDir dir;
  LeaseAcquisition first(dir.path(), kPools, {lease("a", "A")}, owner("first"));
  REQUIRE(first.advance() == LeaseProgress::done);
  CHECK(in_child([&dir] {
          auto* waiting = new LeaseAcquisition(dir.path(), kPools, {lease("a", "A")}, owner("x"));
          return waiting->advance() == LeaseProgress::waiting ? 0 : 1;
        }) == 0);
  LeaseAcquisition second(dir.path(), kPools, {lease("a", "A")}, owner("second"));
  CHECK(second.advance() == LeaseProgress::waiting);
  CHECK(second.queue_position() == 1);
}

TEST_CASE("processes that fight for leases never share one") {
  const TempDir dir;
  constexpr int kProcesses = 8;
  constexpr int kRounds = 6;
  for (int p = 0; p < kProcesses; ++p) {
    if (::fork() != 0) continue;
    const std::string run = "run" + std::to_string(p);
    int failures = 0;
    for (int round = 0; round < kRounds; ++round) {
      LeaseAcquisition acquisition(
          dir / "leases", kPools,
          {lease("b", "B", static_cast<std::uint64_t>(1 + (p + round) % 3)), lease("a", "A")},
          owner(run.c_str()));
      while (acquisition.advance() == LeaseProgress::waiting) ::usleep(500);
      for (const HeldLease& held : acquisition.held()) {
        // Fails when another process has the same one.
        if (::mkdir((dir / ("in-use-" + held.name)).c_str(), 0700) != 0) ++failures;
      }
      for (auto held = acquisition.held().rbegin(); held != acquisition.held().rend(); ++held) {
        ::rmdir((dir / ("in-use-" + held->name)).c_str());
        if (!release_lease(dir / "leases", *held, run)) ++failures;
      }
    }
    ::_exit(failures == 0 ? 0 : 1);
  }
  int good = 0;
  int status = 0;
  while (::wait(&status) > 0) good += status == 0 ? 1 : 0;
  CHECK(good == kProcesses);
  const auto records = list_leases(dir / "leases");
  CHECK(std::all_of(records->begin(), records->end(),
                    [](const LeaseRecord& r) { return r.state == LeaseState::free; }));
}

TEST_CASE("names may contain anything") {
  const TempDir dir;
  const LeasePools pools = {{"t/../x", {"../up", ".hidden", "ü \n"}}};
  LeaseAcquisition all(dir.path(), pools, {lease("t/../x", "X", 3)}, owner("run"));
  CHECK(all.advance() == LeaseProgress::done);
  CHECK(leases_of_run(dir.path(), "run")->size() == 3);
  CHECK((*leases_of_run(dir.path(), "run"))[2].name == "ü \n");
}
