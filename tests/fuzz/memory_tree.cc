#include "memory_tree.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg::fuzz {

namespace {

constexpr std::string_view kHeader = "=== ";

bool can_be_path(std::string_view path) {
  const auto parts = split(path, '/');
  return std::none_of(parts.begin(), parts.end(), [](std::string_view part) {
    return part.empty() || part == "." || part == ".." || part.find('\0') != std::string_view::npos;
  });
}

// A name is a file or a directory, not both.
bool has_room(const Texts& texts, const std::string& path) {
  for (const auto& [other, text] : texts) {
    if (other.starts_with(path + "/") || path.starts_with(other + "/")) return false;
  }
  return texts.size() < kMaxFiles || texts.contains(path);
}

}  // namespace

Texts texts_of(std::string_view input) {
  Texts texts;
  std::string* current = nullptr;
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size() - 1) + 1;
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(end);
    if (!line.starts_with(kHeader)) {
      if (current != nullptr) *current += line;
      continue;
    }
    const std::string path(trimmed(line.substr(kHeader.size())));
    const bool fits = can_be_path(path) && has_room(texts, path);
    current = fits ? &texts[path] : nullptr;
    if (fits) current->clear();
  }
  return texts;
}

Result<std::vector<DirEntry>> MemoryTree::list(const std::string& directory) const {
  const std::string prefix = shown(directory) + "/";
  std::map<std::string, DirEntry::Kind> found;
  for (auto at = texts_.lower_bound(prefix); at != texts_.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    const std::string rest = at->first.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    found[rest.substr(0, slash)] =
        slash == std::string::npos ? DirEntry::Kind::file : DirEntry::Kind::directory;
  }
  std::vector<DirEntry> entries;
  for (const auto& [name, kind] : found) entries.push_back({name, kind});
  return entries;
}

Result<std::string> MemoryTree::read(const std::string& path, std::uint64_t max_bytes) const {
  const auto found = texts_.find(shown(path));
  if (found == texts_.end()) {
    return Error{Error::Code::not_found, shown(path) + ": cannot open: no such file or directory"};
  }
  if (found->second.size() > max_bytes) {
    return Error{Error::Code::too_large, shown(path) + ": is too large"};
  }
  return found->second;
}

}  // namespace stepreg::fuzz
