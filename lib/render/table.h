// Columns of text for people.
#pragma once

#include <string>
#include <vector>

namespace stepreg::render {

// Rows of cells, padded to the width of their column (in characters of UTF-8), two blanks between;
// no blanks at the end of a line.
class Table {
 public:
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text(std::string_view indent = "") const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace stepreg::render
