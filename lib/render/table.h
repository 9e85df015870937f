// Columns of text for people.
#pragma once

#include <string>
#include <vector>

namespace stepreg::render {

// Rows of cells, padded to the width of their column (in characters of UTF-8), two blanks between;
// no blanks at the end of a line. A row is one line whatever stands in its cells.
class Table {
 public:
  void row(std::vector<std::string> cells);
  std::string text(std::string_view indent = "") const;
  // The same by row, each with its line break.
  std::vector<std::string> lines(std::string_view indent) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace stepreg::render
