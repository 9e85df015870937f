// Rules that need all configuration files (registry.md 4.15).
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "diag/sink.h"
#include "load/config_loader.h"

namespace stepreg::rules {

// What one configuration file leaves for the comparison; it outlives the file.
struct FileFacts {
  std::string path;  // as the user sees it
  load::ConfigIdentity identity;
  Location branch;  // where the file says its branch, else the file as a whole
  struct Published {
    std::string image;  // "NAMESPACE/NAME:TAG"
    Location at;        // the promotion target
  };
  std::vector<Published> published;
};

// Thread-safe; may run where the file is loaded.
FileFacts facts_of(const load::LoadedConfig& loaded);

// Collects facts in the order of the paths and then reports SR696 and SR697.
class AcrossFiles {
 public:
  void add(FileFacts&& facts) { files_.push_back(std::move(facts)); }
  void finish(Sink& sink) const;

 private:
  void check_branches(Sink& sink) const;
  void check_published(Sink& sink) const;

  std::deque<FileFacts> files_;  // large ones that need not move
};

}  // namespace stepreg::rules
