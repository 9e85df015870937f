// Configuration files, one at a time: a tree of them is larger than what should be kept in memory.
#pragma once

#include <memory>
#include <string>

#include "diag/sink.h"
#include "load/file_tree.h"
#include "load/read.h"
#include "model/config.h"
#include "yaml/document.h"

namespace stepreg::load {

// Where a configuration belongs by its path (registry.md 2.7).
struct ConfigIdentity {
  std::string org, repo, branch, variant;
  bool operator==(const ConfigIdentity&) const = default;
};
ConfigIdentity identity_of_path(std::string_view path);

struct LoadedConfig {
  std::string path;         // relative to the root of the configurations
  ConfigIdentity identity;  // what the file says of itself, else what its path says
  std::unique_ptr<SourceFile> source;
  std::unique_ptr<yaml::Document> document;  // null when the text is no YAML
  Config config;

  // ORG/REPO@BRANCH[__VARIANT]:TEST
  std::string test_id(std::string_view test) const;
};

// Reads, parses and decodes. Problems are reported; the result then has what could be read. Null
// only when the file cannot be read at all.
std::unique_ptr<LoadedConfig> load_config(const FileTree& files, const std::string& path,
                                          Sink& sink, const ReplacedText* replaced = nullptr);
// The same for a text that is there already.
std::unique_ptr<LoadedConfig> decode_config_text(std::unique_ptr<SourceFile> source,
                                                 std::string path, Sink& sink);

}  // namespace stepreg::load
