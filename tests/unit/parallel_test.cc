#include "base/parallel.h"

#include <doctest/doctest.h>

#include <atomic>
#include <numeric>
#include <vector>

namespace stepreg {

TEST_CASE("every task runs once, whatever the number of threads") {
  for (const unsigned jobs : {0U, 1U, 2U, 7U}) {
    for (const std::size_t count : {0U, 1U, 2U, 100U}) {
      std::vector<std::atomic<int>> runs(count);
      parallel_for(count, jobs, [&](std::size_t i) { ++runs[i]; });
      for (const auto& each : runs) CHECK(each == 1);
    }
  }
}

TEST_CASE("results are consumed in order, and never too many wait") {
  for (const unsigned jobs : {1U, 2U, 5U}) {
    for (const std::size_t window : {1U, 3U, 64U, 1000U}) {
      for (const std::size_t count : {0U, 1U, 63U, 64U, 65U, 500U}) {
        std::atomic<std::size_t> waiting = 0, most = 0;
        std::vector<std::atomic<int>> runs(count);
        std::vector<std::size_t> order;
        parallel_ordered(
            count, jobs, window,
            [&](std::size_t i) {
              ++runs[i];
              const std::size_t now = ++waiting;
              std::size_t seen = most;
              while (now > seen && !most.compare_exchange_weak(seen, now)) {
              }
            },
            [&](std::size_t i) {
              CHECK(runs[i] == 1);
              order.push_back(i);
              --waiting;
            });
        std::vector<std::size_t> expected(count);
        std::iota(expected.begin(), expected.end(), 0U);
        CHECK(order == expected);
        CHECK(most <= window);
      }
    }
  }
}

}  // namespace stepreg
