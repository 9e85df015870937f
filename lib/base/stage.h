// Where the time of a command goes. The library marks its stages; a program that wants the figures
// switches the counting on before it begins. Off, a mark costs one load.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace stepreg {

enum class Stage : std::uint8_t { walk, read, parse, decode, validate, resolve, render };
inline constexpr std::size_t kStageCount = 7;

std::string_view name_of(Stage stage);

// Sums over all threads.
struct StageFigures {
  std::uint64_t nanoseconds = 0;  // of processor time
  std::uint64_t bytes = 0;        // of input; of output for `render`
  std::uint64_t allocations = 0;  // 0 when the program does not count them
};

// Call before any thread is started. `allocations` tells how many this thread has made so far; null
// when nobody counts.
void count_stages(std::uint64_t (*allocations)());
std::array<StageFigures, kStageCount> stage_figures();

// What happens in its life on this thread belongs to the stage, but for what belongs to another one
// that begins and ends within.
class StageMark {
 public:
  explicit StageMark(Stage stage);
  ~StageMark();
  StageMark(const StageMark&) = delete;
  StageMark& operator=(const StageMark&) = delete;

  void add_bytes(std::uint64_t bytes) { bytes_ += bytes; }

 private:
  void charge();

  bool counting_;
  Stage stage_;
  StageMark* around_ = nullptr;
  std::uint64_t since_ = 0;
  std::uint64_t allocations_since_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace stepreg
