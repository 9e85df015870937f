// Finding and changing lines of generated files.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generate/random.h"
#include "properties/mutation.h"

namespace stepreg::properties {

// Which files: "-ref.yaml" and the like are ends of names in the registry; kConfigs is every
// configuration.
inline constexpr std::string_view kConfigs = "config/";

struct Line {
  std::string path;
  std::size_t number = 0;  // 1-based
  std::size_t begin = 0;   // in the text
  std::size_t end = 0;     // of the text without the line end
  std::string text;
  std::string indent() const { return text.substr(0, text.find_first_not_of(' ')); }
};

using LineTest = std::function<bool(const Line& line, const std::string& file)>;

// A random line that begins, after blanks, with `start` and passes the test.
std::optional<Line> pick_line(const Files& files, generate::Random& random, std::string_view which,
                              std::string_view start, const LineTest& test = nullptr);
// The same with the exact blanks in front.
std::optional<Line> pick_exact(const Files& files, generate::Random& random, std::string_view which,
                               std::string_view start, const LineTest& test = nullptr);

void replace_line(Files& files, const Line& line, const std::string& text);
void remove_line(Files& files, const Line& line);
// A new line behind or before `line`.
Spot insert_after(Files& files, const Line& line, const std::string& text);
Spot insert_before(Files& files, const Line& line, const std::string& text);
Spot spot(const Line& line);

}  // namespace stepreg::properties
