#include "exec/run_dir.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exec/process_identity.h"
#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using test::put;
using test::TempDir;

TEST_CASE("names of components are safe and different") {
  CHECK(path_component("e2e-aws_1.2") == "e2e-aws_1.2");
  CHECK(path_component("a/b") == "a%2Fb");
  CHECK(path_component("..") == "%2E.");
  CHECK(path_component("") == "%");
  CHECK(path_component(std::string(500, 'x')).size() == 200);
  CHECK(path_component(std::string(500, 'x')) != path_component(std::string(501, 'x')));
}

TEST_CASE("a run is created with its lock, and found again") {
  const TempDir dir;
  const StateRoot root(dir / "state");
  CHECK(list_runs(root)->empty());
  CHECK_FALSE(find_run(root, "last"));
  {
    Result<NewRun> run = create_run(root);
    REQUIRE(run);
    CHECK(run->dir.id().size() == 20);
    CHECK(probe_run(run->dir) == RunLife::active);
    CHECK(lock_owner(run->dir)->pid == ::getpid());
    CHECK(is_alive(*lock_owner(run->dir)));
    const Result<RunLock> second = RunLock::take(run->dir);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Error::Code::busy);
    CHECK(find_run(root, "last")->path() == run->dir.path());
    CHECK(find_run(root, run->dir.id().substr(0, 18))->path() == run->dir.path());
    CHECK(find_run(root, run->dir.path())->id() == run->dir.id());
    CHECK_FALSE(find_run(root, "nothing"));
    CHECK(check_run_version(run->dir));
    put(run->dir.version(), "2\n");
    CHECK_FALSE(check_run_version(run->dir));
  }
  const RunDir run = *find_run(root, "last");
  CHECK(probe_run(run) == RunLife::died);
  put(run.marker(), "{}");
  CHECK(probe_run(run) == RunLife::complete);
}

TEST_CASE("the lock is shared by a fork and free after the last process died") {
  const TempDir dir;
  const StateRoot root(dir.path());
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t guardian = ::fork();
  if (guardian == 0) {
    Result<NewRun> run = create_run(root);
    const pid_t worker = ::fork();
    if (worker == 0) {
      static_cast<void>(run->lock.sign());
      static_cast<void>(::write(ready[1], "w", 1));
      while (true) ::pause();
    }
    while (true) ::pause();
  }
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  const RunDir run = *find_run(root, "last");
  CHECK(probe_run(run) == RunLife::active);
  const auto worker = *lock_owner(run);
  CHECK(worker.pid != guardian);
  ::kill(guardian, SIGKILL);
  ::waitpid(guardian, nullptr, 0);
  CHECK(probe_run(run) == RunLife::active);
  ::kill(static_cast<pid_t>(worker.pid), SIGKILL);
  while (is_alive(worker)) ::usleep(1000);
  // Its last thread may close the file a moment later.
  for (int i = 0; i < 2000 && probe_run(run) == RunLife::active; ++i) ::usleep(1000);
  CHECK(probe_run(run) == RunLife::died);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("a process is told from a later one with its pid") {
  const ProcessIdentity self = self_identity();
  CHECK(self.start_ticks > 0);
  CHECK_FALSE(self.boot_id.empty());
  CHECK(is_alive(self));
  CHECK_FALSE(is_alive({self.pid, self.start_ticks + 1, self.boot_id}));
  CHECK_FALSE(is_alive({self.pid, self.start_ticks, "another boot"}));
  CHECK_FALSE(is_alive({}));
}
