#include "load/source_pool.h"

#include <algorithm>

#include "load/read.h"

namespace stepreg::load {

template <class Take>
void SourcePool::for_each_of_registry(Take take) const {
  const auto take_one = [&](const std::unique_ptr<SourceFile>& file) {
    if (file != nullptr) take(*file);
  };
  for (const auto& file : registry_.files) take_one(file);
  for (const auto& [path, script] : registry_.scripts) take_one(script->source);
  for (const auto& [directory, owners] : registry_.owners) take_one(owners);
}

SourcePool::ByPath& SourcePool::by_path() {
  if (!by_path_.empty()) return by_path_;
  by_path_.reserve(registry_.files.size() + registry_.scripts.size() + registry_.owners.size());
  for_each_of_registry([this](const SourceFile& file) { by_path_.emplace(file.path(), &file); });
  return by_path_;
}

std::vector<std::string_view> SourcePool::others(std::unordered_set<std::string_view> paths) const {
  for_each_of_registry([&](const SourceFile& file) { paths.erase(file.path()); });
  std::vector<std::string_view> left(paths.begin(), paths.end());
  std::sort(left.begin(), left.end());
  return left;
}

const SourceFile* SourcePool::find(const std::string& path) {
  const auto found = by_path().find(path);
  if (found != by_path().end()) return found->second;
  if (unreadable_.count(path) > 0) return nullptr;
  const SeverityTable severities;
  Sink unwanted(severities);  // what is wrong with the file was said when it was checked
  std::unique_ptr<SourceFile> file = read_source(path, path, unwanted);
  if (file == nullptr) {
    unreadable_.insert(path);
    return nullptr;
  }
  by_path_.emplace(file->path(), file.get());
  return read_later_.emplace_back(std::move(file)).get();
}

}  // namespace stepreg::load
