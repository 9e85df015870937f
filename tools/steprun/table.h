// Columns of text for people.
#pragma once

#include <string>
#include <vector>

namespace stepreg::steprun {

// Columns are as wide as their widest cell and two blanks apart; the last one is not padded. Width
// is counted in characters, not bytes.
class Table {
 public:
  enum class Align { left, right };
  struct Column {
    std::string title;
    Align align = Align::left;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  std::string text() const;  // titles first

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace stepreg::steprun
