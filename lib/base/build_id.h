#pragma once

#include <string>

namespace stepreg {

// What tells this build of the program from every other: the version, the id that the linker gave
// it, and its file's size and time of change, for a linker that gives none. "" when the program's
// own file cannot be looked at.
std::string build_id();

}  // namespace stepreg
