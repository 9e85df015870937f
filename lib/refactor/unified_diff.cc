#include "refactor/unified_diff.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace stepreg {

namespace {

constexpr std::ptrdiff_t kContext = 3;
constexpr std::ptrdiff_t kMaxDifferences = 2000;  // memory grows with its square

using Lines = std::vector<std::string_view>;

// Each line with its line break; the last one may have none.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// One line of the result: kept, only in the old text, or only in the new one.
struct DiffLine {
  char sign = ' ';
  std::size_t old_line = 0;
  std::size_t new_line = 0;
};

// Myers' greedy algorithm: the furthest reach on each diagonal for 0, 1, 2, ... differences.
class ShortestScript {
 public:
  ShortestScript(const Lines& a, const Lines& b) : a_(a), b_(b) {}

  std::vector<DiffLine> steps() {
    const auto n = static_cast<std::ptrdiff_t>(a_.size());
    const auto m = static_cast<std::ptrdiff_t>(b_.size());
    const std::ptrdiff_t limit = std::min(n + m, kMaxDifferences);
    reach_.assign(static_cast<std::size_t>(2 * limit + 3), 0);
    middle_ = limit + 1;
    for (std::ptrdiff_t d = 0; d <= limit; ++d) {
      history_.push_back(reach_);
      if (advance(d, n, m)) return backtrack(d, n, m);
    }
    return replaced();
  }

 private:
  std::ptrdiff_t& at(std::vector<std::ptrdiff_t>& reach, std::ptrdiff_t diagonal) const {
    return reach[static_cast<std::size_t>(middle_ + diagonal)];
  }

  bool equal(std::ptrdiff_t x, std::ptrdiff_t y) const {
    return a_[static_cast<std::size_t>(x)] == b_[static_cast<std::size_t>(y)];
  }

  static bool goes_down(std::ptrdiff_t k, std::ptrdiff_t d, std::ptrdiff_t below,
                        std::ptrdiff_t above) {
    return k == -d || (k != d && below < above);
  }

  bool advance(std::ptrdiff_t d, std::ptrdiff_t n, std::ptrdiff_t m) {
    for (std::ptrdiff_t k = -d; k <= d; k += 2) {
      const bool down = goes_down(k, d, at(reach_, k - 1), at(reach_, k + 1));
      std::ptrdiff_t x = down ? at(reach_, k + 1) : at(reach_, k - 1) + 1;
      while (x < n && x - k < m && equal(x, x - k)) ++x;
      at(reach_, k) = x;
      if (x >= n && x - k >= m) return true;
    }
    return false;
  }

  std::vector<DiffLine> backtrack(std::ptrdiff_t d, std::ptrdiff_t x, std::ptrdiff_t y) {
    std::vector<DiffLine> steps;
    const auto push = [&](char sign) {
      steps.push_back({sign, static_cast<std::size_t>(x), static_cast<std::size_t>(y)});
    };
    for (; d >= 0; --d) {
      auto& reach = history_[static_cast<std::size_t>(d)];
      const std::ptrdiff_t k = x - y;
      const bool down = goes_down(k, d, at(reach, k - 1), at(reach, k + 1));
      const std::ptrdiff_t from = d == 0 ? 0 : (down ? at(reach, k + 1) : at(reach, k - 1));
      const std::ptrdiff_t from_y = d == 0 ? 0 : from - (down ? k + 1 : k - 1);
      while (x > from && y > from_y) {
        --x, --y;
        push(' ');
      }
      if (d == 0) break;
      down ? --y : --x;
      push(down ? '+' : '-');
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  std::vector<DiffLine> replaced() const {
    std::vector<DiffLine> steps;
    for (std::size_t i = 0; i < a_.size(); ++i) steps.push_back({'-', i, 0});
    for (std::size_t i = 0; i < b_.size(); ++i) steps.push_back({'+', a_.size(), i});
    return steps;
  }

  const Lines& a_;
  const Lines& b_;
  std::ptrdiff_t middle_ = 0;
  std::vector<std::ptrdiff_t> reach_;
  std::vector<std::vector<std::ptrdiff_t>> history_;
};

// The script of whole texts; what they share at both ends is not searched.
std::vector<DiffLine> script(const Lines& a, const Lines& b) {
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
    ++tail;
  }
  const auto part = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head),
                 lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  const Lines middle_a = part(a);
  const Lines middle_b = part(b);
  std::vector<DiffLine> steps;
  for (std::size_t i = 0; i < head; ++i) steps.push_back({' ', i, i});
  for (DiffLine step : ShortestScript(middle_a, middle_b).steps()) {
    steps.push_back({step.sign, step.old_line + head, step.new_line + head});
  }
  for (std::size_t i = 0; i < tail; ++i) {
    steps.push_back({' ', a.size() - tail + i, b.size() - tail + i});
  }
  return steps;
}

std::string range(std::size_t first, std::size_t count) {
  const std::string start = std::to_string(count == 0 ? first : first + 1);
  return count == 1 ? start : start + "," + std::to_string(count);
}

std::string hunk(const std::vector<DiffLine>& steps, std::size_t begin, std::size_t end,
                 const Lines& a, const Lines& b) {
  std::string body;
  std::size_t old_count = 0;
  std::size_t new_count = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const DiffLine& step = steps[i];
    const std::string_view line = step.sign == '+' ? b[step.new_line] : a[step.old_line];
    body += step.sign;
    body += line;
    if (!line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
    if (step.sign != '+') ++old_count;
    if (step.sign != '-') ++new_count;
  }
  return "@@ -" + range(steps[begin].old_line, old_count) + " +" +
         range(steps[begin].new_line, new_count) + " @@\n" + body;
}

}  // namespace

std::string unified_diff(std::string_view old_name, std::string_view new_name,
                         std::string_view old_text, std::string_view new_text) {
  if (old_text == new_text) return {};
  const Lines a = lines_of(old_text);
  const Lines b = lines_of(new_text);
  const std::vector<DiffLine> steps = script(a, b);
  std::string out = "--- " + std::string(old_name) + "\n+++ " + std::string(new_name) + "\n";
  const auto count = static_cast<std::ptrdiff_t>(steps.size());
  const auto changed = [&](std::ptrdiff_t i) {
    return steps[static_cast<std::size_t>(i)].sign != ' ';
  };
  for (std::ptrdiff_t i = 0; i < count;) {
    if (!changed(i)) {
      ++i;
      continue;
    }
    std::ptrdiff_t last = i;  // of the changes that one hunk shows
    for (std::ptrdiff_t k = i; k < count && k - last <= 2 * kContext; ++k) {
      if (changed(k)) last = k;
    }
    const std::ptrdiff_t end = std::min(count, last + 1 + kContext);
    out += hunk(steps, static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, i - kContext)),
                static_cast<std::size_t>(end), a, b);
    i = end;
  }
  return out;
}

}  // namespace stepreg
