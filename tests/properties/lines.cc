#include "properties/lines.h"

#include <algorithm>

namespace stepreg::properties {

namespace {

bool is_wanted(const std::string& path, std::string_view which) {
  if (which == kConfigs) return path.starts_with(kConfigs) && path.ends_with(".yaml");
  return path.starts_with(generate::kRegistryFolder) && path.ends_with(which);
}

std::optional<Line> pick(const Files& files, generate::Random& random, std::string_view which,
                         const std::function<bool(std::string_view)>& starts,
                         const LineTest& test) {
  std::vector<Line> lines;
  for (const auto& [path, file] : files) {
    if (file.link || !is_wanted(path, which)) continue;
    Line line;
    line.path = path;
    for (std::size_t at = 0; at < file.text.size(); at = line.end + 1) {
      ++line.number;
      line.begin = at;
      line.end = std::min(file.text.find('\n', at), file.text.size());
      const std::string_view text(file.text.data() + at, line.end - at);
      if (!starts(text)) continue;
      line.text = text;
      if (!test || test(line, file.text)) lines.push_back(line);
    }
  }
  if (lines.empty()) return std::nullopt;
  return random.pick(lines);
}

}  // namespace

std::optional<Line> pick_line(const Files& files, generate::Random& random, std::string_view which,
                              std::string_view start, const LineTest& test) {
  const auto starts = [&](std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first != std::string_view::npos && text.substr(first).starts_with(start);
  };
  return pick(files, random, which, starts, test);
}

std::optional<Line> pick_exact(const Files& files, generate::Random& random, std::string_view which,
                               std::string_view start, const LineTest& test) {
  const auto starts = [&](std::string_view text) { return text.starts_with(start); };
  return pick(files, random, which, starts, test);
}

void replace_line(Files& files, const Line& line, const std::string& text) {
  files.at(line.path).text.replace(line.begin, line.end - line.begin, text);
}

void remove_line(Files& files, const Line& line) {
  files.at(line.path).text.erase(line.begin, line.end - line.begin + 1);
}

Spot insert_after(Files& files, const Line& line, const std::string& text) {
  files.at(line.path).text.insert(line.end, "\n" + text);
  return {line.path, static_cast<std::uint32_t>(line.number + 1)};
}

Spot insert_before(Files& files, const Line& line, const std::string& text) {
  files.at(line.path).text.insert(line.begin, text + "\n");
  return {line.path, static_cast<std::uint32_t>(line.number)};
}

Spot spot(const Line& line) {
  return {line.path, static_cast<std::uint32_t>(line.number)};
}

}  // namespace stepreg::properties
