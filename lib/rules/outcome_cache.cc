#include "rules/outcome_cache.h"

#include "base/fs.h"
#include "base/varint.h"

namespace stepreg::rules {

namespace {

std::string variant_of(const char* what, const SeverityTable& severities) {
  std::string variant;
  put_piece(variant, what);
  put_varint(variant, static_cast<std::uint64_t>(severities.profile()));
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    put_varint(variant, static_cast<std::uint64_t>(severities.of(RuleId(i))));
  }
  return variant;
}

bool may_keep(const std::shared_ptr<load::FileTree>& files) {
  return files != nullptr && files->cache() != nullptr;
}

}  // namespace

std::unique_ptr<load::FileCache> outcome_cache_of_configs(const load::Project& project,
                                                          const SeverityTable& severities) {
  if (!may_keep(project.config_files)) return nullptr;
  std::string variant = variant_of("configs", severities);
  put_piece(variant, real_path(project.registry_root));
  put_piece(variant, project.registry_root);
  put_piece(variant, project.configs_root);
  return load::FileCache::of_tree("outcomes", real_path(project.configs_root), variant);
}

std::unique_ptr<load::FileCache> outcome_cache_of_scripts(const load::Project& project,
                                                          const SeverityTable& severities) {
  if (!may_keep(project.registry_files)) return nullptr;
  std::string variant = variant_of("scripts", severities);
  put_piece(variant, project.registry_root);
  return load::FileCache::of_tree("outcomes", real_path(project.registry_root), variant);
}

}  // namespace stepreg::rules
