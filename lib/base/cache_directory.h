#pragma once

#include <string>

namespace stepreg {

// Where something is kept that can be made again: `$XDG_CACHE_HOME/stepreg/NAME`, or below
// ~/.cache. An empty `name` gives the directory around all of them. "" for a user without a home.
std::string cache_directory(const std::string& name);

}  // namespace stepreg
