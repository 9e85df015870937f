#include "properties/memory_tree.h"

#include <algorithm>
#include <filesystem>

#include "base/fs.h"

namespace stepreg::properties {

Result<std::vector<DirEntry>> MemoryTree::list(const std::string& directory) const {
  const std::string prefix = shown(directory) + "/";
  std::vector<DirEntry> entries;
  for (auto at = files_.lower_bound(prefix); at != files_.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    const std::size_t slash = at->first.find('/', prefix.size());
    DirEntry entry;
    entry.name = at->first.substr(prefix.size(), slash - prefix.size());
    entry.kind = slash != std::string::npos ? DirEntry::Kind::directory
                 : at->second.link          ? DirEntry::Kind::link
                                            : DirEntry::Kind::file;
    if (entries.empty() || entries.back().name != entry.name) entries.push_back(std::move(entry));
  }
  // Files and folders are not sorted alike: "a-b" stands before "a/".
  std::sort(entries.begin(), entries.end(),
            [](const DirEntry& a, const DirEntry& b) { return a.name < b.name; });
  entries.erase(std::unique(entries.begin(), entries.end(),
                            [](const DirEntry& a, const DirEntry& b) { return a.name == b.name; }),
                entries.end());
  return entries;
}

const generate::GeneratedFile* MemoryTree::find(const std::string& path) const {
  constexpr int kMaxLinks = 20;
  std::string at = shown(path);
  for (int i = 0; i < kMaxLinks; ++i) {
    const auto found = files_.find(at);
    if (found == files_.end()) return nullptr;
    if (!found->second.link) return &found->second;
    const std::filesystem::path target =
        std::filesystem::path(std::string(parent_path(at))) / found->second.text;
    at = target.lexically_normal().generic_string();
  }
  return nullptr;
}

load::LinkTarget MemoryTree::follow(const std::string& link) const {
  if (find(link) == nullptr) return {};
  return {load::LinkTarget::Kind::file, ""};
}

Result<std::string> MemoryTree::read(const std::string& path, std::uint64_t) const {
  const generate::GeneratedFile* file = find(path);
  if (file == nullptr) {
    return Error{Error::Code::not_found, shown(path) + ": cannot read: No such file or directory"};
  }
  return file->text;
}

}  // namespace stepreg::properties
