#include "load/registry_loader.h"

#include "base/fs.h"
#include "base/parallel.h"
#include "decode/tables.h"
#include "diag/suppression.h"
#include "load/component_files.h"
#include "load/metadata.h"
#include "load/walk.h"

namespace stepreg::load {

namespace {

// Parses a file beside the components; null when that fails.
yaml::Document* add_document(Registry& registry, std::unique_ptr<SourceFile> source, Sink& sink) {
  if (!source) return nullptr;
  auto document = yaml::parse(*source, sink);
  if (may_have_suppressions(*source)) registry.commented.push_back(source.get());
  registry.files.push_back(std::move(source));
  registry.documents.push_back(std::move(document));
  return registry.documents.back().get();
}

// The walk does not enter the directory of the profiles.
void load_people_of_profiles(Registry& registry, const FileTree& files, Sink& sink) {
  const std::string& path = registry.tree.profiles_path;
  const std::string directory(parent_path(path));
  if (const std::string owners = join_path(directory, "OWNERS"); files.has_file(owners)) {
    if (auto text = read_source(files, owners, sink)) {
      const auto added = registry.owners.emplace(directory, std::move(text)).first;
      if (may_have_suppressions(*added->second)) registry.commented.push_back(added->second.get());
    }
  }
  if (const std::string metadata = metadata_path(path); files.has_file(metadata)) {
    if (auto text = read_source(files, metadata, sink)) {
      registry.metadata.emplace(metadata, std::move(text));
    }
  }
}

void load_claims(Registry& registry, const std::string& path, Sink& sink) {
  if (path.empty()) return;
  if (yaml::Document* document = add_document(registry, read_source(path, path, sink), sink)) {
    registry.claims = std::make_unique<ObjectList<ClaimOwners>>();
    decode::decode_claims(*document, sink, *registry.claims);
  }
}

}  // namespace

void load_profiles(Registry& registry, const FileTree& files, Sink& sink) {
  const std::string& path = registry.tree.profiles_path;
  if (path.empty()) return;
  load_people_of_profiles(registry, files, sink);
  if (yaml::Document* document = add_document(registry, read_source(files, path, sink), sink)) {
    registry.profiles = std::make_unique<ClusterProfiles>();
    decode::decode_profiles(*document, sink, *registry.profiles);
  }
}

std::unique_ptr<Registry> load_registry(const FileTree& tree, const RegistryOptions& options,
                                        Sink& sink) {
  auto registry = std::make_unique<Registry>();
  registry->root = tree.root();
  registry->flat = options.flat;
  registry->tree = walk_registry(tree, options.jobs, sink);

  const std::vector<TreeFile>& files = registry->tree.files;
  std::vector<std::unique_ptr<LoadedFile>> loaded(files.size());
  parallel_for(files.size(), options.jobs, [&](std::size_t i) {
    loaded[i] = std::make_unique<LoadedFile>(sink);
    load_file(tree, files[i], options.flat, options.replaced, *loaded[i]);
  });
  for (std::size_t i = 0; i < files.size(); ++i) {
    merge_file(files[i], std::move(*loaded[i]), *registry, sink);
  }

  attach_scripts(*registry);
  link_entries(*registry);
  load_profiles(*registry, tree, sink);
  load_claims(*registry, options.claims_path, sink);
  return registry;
}

}  // namespace stepreg::load
