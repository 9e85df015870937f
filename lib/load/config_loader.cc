#include "load/config_loader.h"

#include "base/fs.h"
#include "decode/files.h"
#include "load/read.h"

namespace stepreg::load {

ConfigIdentity identity_of_path(std::string_view path) {
  ConfigIdentity identity;
  identity.repo = base_name(parent_path(path));
  identity.org = base_name(parent_path(parent_path(path)));
  std::string_view stem = base_name(path);
  stem = stem.substr(0, stem.rfind('.'));
  const std::string start = identity.org + "-" + identity.repo + "-";
  if (stem.starts_with(start)) stem.remove_prefix(start.size());
  const std::size_t variant = stem.rfind("__");
  if (variant != std::string_view::npos) {
    identity.variant = stem.substr(variant + 2);
    stem = stem.substr(0, variant);
  }
  identity.branch = stem;
  return identity;
}

std::string LoadedConfig::test_id(std::string_view test) const {
  std::string id = identity.org + "/" + identity.repo + "@" + identity.branch;
  if (!identity.variant.empty()) id += "__" + identity.variant;
  return (id += ":") += test;
}

std::unique_ptr<LoadedConfig> decode_config_text(std::unique_ptr<SourceFile> source,
                                                 std::string path, Sink& sink) {
  auto loaded = std::make_unique<LoadedConfig>();
  loaded->path = std::move(path);
  loaded->source = std::move(source);
  loaded->document = yaml::parse(*loaded->source, sink);
  if (loaded->document) decode::decode_config(*loaded->document, sink, loaded->config);
  const Metadata& metadata = *loaded->config.metadata;
  if (metadata.org->empty()) {
    loaded->identity = identity_of_path(loaded->path);
  } else {
    loaded->identity = {std::string(*metadata.org), std::string(*metadata.repo),
                        std::string(*metadata.branch), std::string(*metadata.variant)};
  }
  return loaded;
}

std::unique_ptr<LoadedConfig> load_config(const FileTree& files, const std::string& path,
                                          Sink& sink, const ReplacedText* replaced) {
  auto source = read_or_replace(files, path, replaced, sink);
  if (!source) return nullptr;
  return decode_config_text(std::move(source), path, sink);
}

}  // namespace stepreg::load
