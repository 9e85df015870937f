#include "base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace stepreg {

constexpr std::size_t kLargestShare = 32;

unsigned default_jobs() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
}

void parallel_for(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& task) {
  // Of many small tasks each thread takes some at a time, of few each one.
  constexpr std::size_t kTurns = 64;
  const std::size_t share =
      std::clamp<std::size_t>(count / (kTurns * std::max(jobs, 1U)), 1, kLargestShare);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next.fetch_add(share); i < count; i = next.fetch_add(share)) {
      for (std::size_t own = i; own < std::min(i + share, count); ++own) task(own);
    }
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
  // Threads meet once for several items: what one takes is often less than what waking costs.
  const std::size_t share = std::clamp<std::size_t>(window / (4UL * jobs), 1, kLargestShare);
  std::mutex mutex;
  std::condition_variable room, progress;
  std::vector<char> done(count, 0);
  std::size_t next = 0, consumed = 0;
  const auto work = [&] {
    std::unique_lock lock(mutex);
    while (true) {
      room.wait(lock, [&] { return next >= count || next < consumed + window; });
      if (next >= count) return;
      const std::size_t begin = next;
      const std::size_t end = next = std::min({begin + share, consumed + window, count});
      lock.unlock();
      for (std::size_t i = begin; i < end; ++i) task(i);
      lock.lock();
      std::fill(done.begin() + static_cast<std::ptrdiff_t>(begin),
                done.begin() + static_cast<std::ptrdiff_t>(end), 1);
      if (consumed >= begin && consumed < end) progress.notify_one();
    }
  };
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < std::min<std::size_t>(jobs, count); ++i) workers.emplace_back(work);
  std::unique_lock lock(mutex);
  while (consumed < count) {
    progress.wait(lock, [&] { return done[consumed] != 0; });
    std::size_t ready = consumed;
    while (ready < count && done[ready] != 0) ++ready;
    lock.unlock();
    for (std::size_t i = consumed; i < ready; ++i) consume(i);
    lock.lock();
    consumed = ready;
    room.notify_all();
  }
}

}  // namespace stepreg
