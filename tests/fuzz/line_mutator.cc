// Mutations that respect lines and blocks, for targets that read YAML: libFuzzer's own ones seldom
// leave a text that still is YAML. Linked only with libFuzzer.
#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "base/text.h"
#include "fuzz.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace stepreg::fuzz {

namespace {

constexpr std::string_view kValues[] = {
    "~",   "\"\"", "[]",   "{}",   "0",  "-1",   "1h",   "-1h",      "none", "true",
    "a-b", "a",    "*a",   "&a b", "|",  "100m", "2Gi",  "99999999", "'*'",  "[a, a]",
    "os",  "src",  "root", "e2e",  "AB", "/tmp", "9e99", "{a: b}",   "<<",   "a/b"};

class Lines {
 public:
  Lines(std::string_view text, unsigned seed) : random_(seed) {
    for (const std::string_view line : split(text, '\n')) lines_.emplace_back(line);
  }

  std::string mutated() {
    switch (below(7)) {
      case 0:
        copy_block(any(), any());
        break;
      case 1:
        remove_block(any());
        break;
      case 2:
        std::swap(lines_[any()], lines_[any()]);
        break;
      case 3:
        copy_value(any(), any());
        break;
      case 4:
        set_value(any(), std::string(kValues[below(std::size(kValues))]));
        break;
      case 5:
        indent(any());
        break;
      default:
        copy_key(any(), any());
    }
    return join(lines_, "\n");
  }

 private:
  std::size_t below(std::size_t count) { return random_() % count; }
  std::size_t any() { return below(lines_.size()); }

  static std::size_t indentation(const std::string& line) {
    return std::min(line.find_first_not_of(" -"), line.size());
  }
  // The line and all that is indented deeper.
  std::size_t end_of_block(std::size_t first) const {
    std::size_t last = first + 1;
    while (last < lines_.size() && indentation(lines_[last]) > indentation(lines_[first])) ++last;
    return last;
  }

  void copy_block(std::size_t from, std::size_t to) {
    const auto begin = lines_.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end = lines_.begin() + static_cast<std::ptrdiff_t>(end_of_block(from));
    std::vector<std::string> block(begin, end);
    const std::size_t before = std::min(block[0].find_first_not_of(' '), block[0].size());
    const std::size_t after = std::min(lines_[to].find_first_not_of(' '), lines_[to].size());
    for (std::string& line : block) {
      line.erase(0, std::min(before, std::min(line.find_first_not_of(' '), line.size())));
      line.insert(0, after, ' ');
    }
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(to), block.begin(), block.end());
  }
  void remove_block(std::size_t first) {
    const auto begin = lines_.begin() + static_cast<std::ptrdiff_t>(first);
    lines_.erase(begin, lines_.begin() + static_cast<std::ptrdiff_t>(end_of_block(first)));
    if (lines_.empty()) lines_.emplace_back();
  }
  void copy_value(std::size_t from, std::size_t to) {
    const std::size_t colon = lines_[from].find(": ");
    if (colon != std::string::npos) set_value(to, lines_[from].substr(colon + 2));
  }
  void set_value(std::size_t at, const std::string& value) {
    std::string& line = lines_[at];
    const std::size_t colon = line.find(": ");
    line.resize(colon == std::string::npos ? indentation(line) : colon + 2);
    line += value;
  }
  void copy_key(std::size_t from, std::size_t to) {
    const std::string& source = lines_[from];
    std::string& target = lines_[to];
    const std::size_t end = std::min(target.find(':'), target.size());
    const std::size_t begin = std::min(indentation(target), end);
    const std::size_t start = indentation(source);
    const std::string key = source.substr(start, source.find(':', start) - start);
    target.replace(begin, end - begin, key);
  }
  void indent(std::size_t at) {
    std::string& line = lines_[at];
    if (below(2) == 0)
      line.insert(0, 2, ' ');
    else
      line.erase(0, std::min<std::size_t>(2, std::min(line.find_first_not_of(' '), line.size())));
  }

  std::minstd_rand random_;
  std::vector<std::string> lines_;
};

}  // namespace

}  // namespace stepreg::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  if (seed % 3 == 0) return LLVMFuzzerMutate(data, size, max_size);
  std::string text(stepreg::fuzz::text_of(data, size));
  for (unsigned i = 0; i <= seed % 4; ++i) {
    text = stepreg::fuzz::Lines(text, seed / 4 + i).mutated();
  }
  text.resize(std::min(text.size(), max_size));
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
