// Output of the programs: data on stdout, messages on stderr.
#pragma once

#include <cstdint>
#include <string_view>

namespace stepreg::tools {

void print(std::string_view text);        // to stdout
void print_error(std::string_view text);  // to stderr

// Flushes stdout. False, with a message, when not all of it could be written; a reader that closed
// the pipe early is no failure.
bool finish_output();

enum class ColourChoice : std::uint8_t { automatic, always, never };

// Whether text for `descriptor` (1 or 2) should have colours: `always` and `never` are obeyed;
// otherwise on a terminal that can, unless NO_COLOR is set to something.
bool wants_colour(ColourChoice choice, int descriptor);

// Whether an environment variable is set to something other than "".
bool environment_has(const char* name);

}  // namespace stepreg::tools
