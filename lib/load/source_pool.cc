#include "load/source_pool.h"

#include "load/read.h"

namespace stepreg::load {

SourcePool::ByPath& SourcePool::by_path() {
  if (!by_path_.empty()) return by_path_;
  const auto add = [this](const SourceFile* file) {
    if (file != nullptr) by_path_.emplace(file->path(), file);
  };
  by_path_.reserve(registry_.files.size() + registry_.scripts.size() + registry_.owners.size());
  for (const auto& file : registry_.files) add(file.get());
  for (const auto& [path, script] : registry_.scripts) add(script->source.get());
  for (const auto& [directory, owners] : registry_.owners) add(owners.get());
  return by_path_;
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
