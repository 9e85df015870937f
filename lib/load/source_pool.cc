#include "load/source_pool.h"

#include "load/read.h"

namespace stepreg::load {

SourcePool::SourcePool(const Registry& registry) {
  by_path_.reserve(registry.files.size() + registry.scripts.size() + registry.owners.size());
  for (const auto& file : registry.files) add(file.get());
  for (const auto& [path, script] : registry.scripts) add(script->source.get());
  for (const auto& [directory, owners] : registry.owners) add(owners.get());
}

void SourcePool::add(const SourceFile* file) {
  if (file == nullptr || !by_path_.emplace(file->path(), file).second) return;
  registry_files_.push_back(file);
}

const SourceFile* SourcePool::find(const std::string& path) {
  const auto [found, is_new] = by_path_.try_emplace(path, nullptr);
  if (!is_new) return found->second;
  const SeverityTable severities;
  Sink unwanted(severities);  // what is wrong with the file was said when it was checked
  std::unique_ptr<SourceFile> file = read_source(path, path, unwanted);
  found->second = file.get();
  if (file) read_later_.push_back(std::move(file));
  return found->second;
}

}  // namespace stepreg::load
