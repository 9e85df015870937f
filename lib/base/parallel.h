// Work on many independent items with several threads. Results belong to the item's index, so that
// nothing depends on which thread was faster.
#pragma once

#include <cstddef>
#include <functional>

namespace stepreg {

// The number of threads to use when the user says nothing: one per processor this process may use.
unsigned default_jobs();

// Calls task(0) ... task(count - 1), each once, on up to `jobs` threads (at least one); returns
// when all are done. A task must not throw.
void parallel_for(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& task);

// As parallel_for, and calls consume(i) on the calling thread in the order of the indices, as soon
// as task(i) and all consumes before it are done. At most `window` items are between the start of
// their task and the end of their consume, so memory stays bounded.
void parallel_ordered(std::size_t count, unsigned jobs, std::size_t window,
                      const std::function<void(std::size_t)>& task,
                      const std::function<void(std::size_t)>& consume);

}  // namespace stepreg
