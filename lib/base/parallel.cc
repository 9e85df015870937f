#include "base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace stepreg {

unsigned default_jobs() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
}

void parallel_for(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& task) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) task(i);
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(jobs, count); ++i) helpers.emplace_back(work);
  work();
}

void parallel_ordered(std::size_t count, unsigned jobs, std::size_t window,
                      const std::function<void(std::size_t)>& task,
                      const std::function<void(std::size_t)>& consume) {
  if (jobs <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) task(i), consume(i);
    return;
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<char> done(count, 0);
  std::size_t next = 0, consumed = 0;
  const auto work = [&] {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return next >= count || next < consumed + window; });
      if (next >= count) return;
      const std::size_t i = next++;
      lock.unlock();
      task(i);
      lock.lock();
      done[i] = 1;
      changed.notify_all();
    }
  };
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < std::min<std::size_t>(jobs, count); ++i) workers.emplace_back(work);
  std::unique_lock lock(mutex);
  while (consumed < count) {
    changed.wait(lock, [&] { return done[consumed] != 0; });
    lock.unlock();
    consume(consumed);
    lock.lock();
    ++consumed;
    changed.notify_all();
  }
}

}  // namespace stepreg
