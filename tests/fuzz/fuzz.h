// What every fuzz target has: README.md says how targets, corpora and dictionaries belong together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// Tries one input. A property that does not hold ends the program in CHECK, as any defect does.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace stepreg::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace stepreg::fuzz
