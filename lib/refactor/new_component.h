// A new component: the files that make it complete.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "query/component.h"

namespace stepreg::refactor {

struct NewComponent {
  query::ComponentKind kind = query::ComponentKind::step;  // step, chain or workflow
  std::string directory;                                   // relative to the registry root
  std::string image = "cli";                               // of a step
  std::vector<std::string> steps;                          // of a chain: "ref/NAME", "chain/NAME"
  std::vector<std::string> pre, test, post;                // of a workflow
  std::vector<std::string> owners;  // approvers, needed when no directory above has an OWNERS file
};

struct NewFile {
  std::string path;  // relative to the registry root
  std::string text;
  std::string link;  // when not empty: a symbolic link to this instead of a text
  int mode = 0644;
};

// The component's file, the script of a step, its metadata as the field's generator writes it
// (unless the registry has none at all), and OWNERS when the directory has none: a link to the
// nearest one above. An Error says what is in the way: an illegal name, a name that exists already
// (also from another directory: `a/b` and `a-b`), an entry that does not exist, no owners.
Result<std::vector<NewFile>> new_component(const Registry& registry, const NewComponent& wanted);

// Writes all of them or none: nothing that exists is overwritten.
Result<void> create_files(const std::string& root, const std::vector<NewFile>& files);

}  // namespace stepreg::refactor
