// What a generator hands out: files by their path below the directory that will hold the trees.
#pragma once

#include <functional>
#include <string>

namespace stepreg::generate {

struct GeneratedFile {
  std::string path;  // "step-registry/a/b/a-b-ref.yaml"
  std::string text;  // of a symbolic link: where it leads
  bool link = false;
};

using Put = std::function<void(GeneratedFile)>;

inline constexpr const char* kRegistryFolder = "step-registry/";
inline constexpr const char* kConfigFolder = "config/";

}  // namespace stepreg::generate
