#include "base/stage.h"

#include <atomic>
#include <ctime>

namespace stepreg {

namespace {

struct Counters {
  std::atomic<std::uint64_t> nanoseconds{0}, bytes{0}, allocations{0};
};

bool counting = false;
std::uint64_t (*allocations_of_thread)() = nullptr;
std::array<Counters, kStageCount> totals;
thread_local StageMark* innermost = nullptr;

std::uint64_t processor_time() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(now.tv_nsec);
}

std::uint64_t allocations() {
  return allocations_of_thread == nullptr ? 0 : allocations_of_thread();
}

}  // namespace

std::string_view name_of(Stage stage) {
  constexpr std::array<std::string_view, kStageCount> kNames = {
      "walk", "read", "parse", "decode", "validate", "resolve", "render"};
  return kNames[static_cast<std::size_t>(stage)];
}

void count_stages(std::uint64_t (*allocations)()) {
  allocations_of_thread = allocations;
  counting = true;
}

std::array<StageFigures, kStageCount> stage_figures() {
  std::array<StageFigures, kStageCount> figures;
  for (std::size_t i = 0; i < kStageCount; ++i) {
    figures[i] = {totals[i].nanoseconds.load(), totals[i].bytes.load(),
                  totals[i].allocations.load()};
  }
  return figures;
}

StageMark::StageMark(Stage stage) : counting_(counting), stage_(stage) {
  if (!counting_) return;
  around_ = innermost;
  if (around_ != nullptr) around_->charge();
  innermost = this;
  since_ = processor_time();
  allocations_since_ = allocations();
}

StageMark::~StageMark() {
  if (!counting_) return;
  charge();
  totals[static_cast<std::size_t>(stage_)].bytes += bytes_;
  innermost = around_;
  if (around_ == nullptr) return;
  around_->since_ = processor_time();
  around_->allocations_since_ = allocations();
}

void StageMark::charge() {
  Counters& total = totals[static_cast<std::size_t>(stage_)];
  total.nanoseconds += processor_time() - since_;
  total.allocations += allocations() - allocations_since_;
}

}  // namespace stepreg
