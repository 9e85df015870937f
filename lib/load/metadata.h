// Who looks after a directory of the registry, and the metadata files that are generated from that
// (registry.md 2.5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/sink.h"
#include "source/source_file.h"

namespace stepreg::load {

inline constexpr std::string_view kMetadataSuffix = ".metadata.json";

// What the generator takes over from an OWNERS file.
struct People {
  std::vector<std::string> approvers, reviewers, required_reviewers, labels;
};

// Nullopt, with errors in `problems`, when the generator would refuse the file.
std::optional<People> read_owners(const SourceFile& owners, Sink& problems);

// "a/b/a-b-ref.yaml" -> "a/b/a-b-ref.metadata.json".
std::string metadata_path(std::string_view yaml_path);
// The file as the field's generator writes it, byte by byte. `yaml_path` is relative to the root.
std::string metadata_text(std::string_view yaml_path, const People& people);
// The parts that it is put together from: most files of a registry have the same people.
std::string metadata_begin(std::string_view yaml_path);
std::string metadata_end(const People& people);

}  // namespace stepreg::load
