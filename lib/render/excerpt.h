// Lines of files with marks under them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "render/style.h"

namespace stepreg {

// A place to be marked and what is said there.
struct Mark {
  const Location* at = nullptr;  // has a line
  std::string text;              // may be empty
  bool primary = false;
};

// The excerpt of one file: every marked line once, in line order, `...` between distant ones.
// `gutter` is the width of the widest line number. Tabs are shown as blanks, long lines are cut
// around the mark.
std::string render_excerpt(std::vector<Mark> marks, std::size_t gutter, Severity severity,
                           const Style& style);

// "  --> PATH:LINE:COLUMN" for the place of the finding, "  ::: ..." for another file.
std::string excerpt_header(const Location& at, std::size_t gutter, bool primary,
                           const Style& style);

}  // namespace stepreg
