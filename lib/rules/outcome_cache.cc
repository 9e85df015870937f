#include "rules/outcome_cache.h"

#include "base/check.h"
#include "base/fs.h"
#include "base/varint.h"

namespace stepreg::rules {

namespace {

constexpr std::size_t kDigestBytes = 32;

std::unique_ptr<load::FileCache> cache_of(const char* what, const std::string& root,
                                          const load::FileTree* files, const load::Project& project,
                                          const SeverityTable& severities) {
  if (files == nullptr || files->cache() == nullptr) return nullptr;
  std::string variant;
  put_piece(variant, what);
  put_piece(variant, real_path(project.registry_root));
  put_piece(variant, project.registry_root);
  put_piece(variant, project.configs_root);
  put_varint(variant, static_cast<std::uint64_t>(severities.profile()));
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    put_varint(variant, static_cast<std::uint64_t>(severities.of(RuleId(i))));
  }
  return load::FileCache::of_tree("outcomes", real_path(root), variant);
}

}  // namespace

std::unique_ptr<load::FileCache> outcome_cache_of_configs(const load::Project& project,
                                                          const SeverityTable& severities) {
  return cache_of("configs", project.configs_root, project.config_files.get(), project, severities);
}

std::unique_ptr<load::FileCache> outcome_cache_of_scripts(const load::Project& project,
                                                          const SeverityTable& severities) {
  return cache_of("scripts", project.registry_root, project.registry_files.get(), project,
                  severities);
}

std::string with_digest(const std::string& digest, const PackWriter& rest) {
  CHECK(digest.size() == kDigestBytes);
  return digest + rest.bytes();
}

std::optional<DigestAndRest> apart(std::string_view made) {
  if (made.size() < kDigestBytes) return std::nullopt;
  return DigestAndRest{made.substr(0, kDigestBytes), made.substr(kDigestBytes)};
}

}  // namespace stepreg::rules
