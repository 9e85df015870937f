// Names of components, and the folders that go with them: each word of a name is a folder.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generate/random.h"

namespace stepreg::generate {

struct ComponentName {
  std::string name;       // "harbor-conf-network-proxy"
  std::string directory;  // "harbor/conf/network/proxy"
};

class Names {
 public:
  // A name that begins with `area`, a path such as "harbor/tidal", then `group`, such as "conf";
  // not used before for this kind of component and at most 60 bytes long.
  ComponentName fresh(Random& random, std::string_view area, std::string_view group);
  // The same folder for another kind of component; false when the name is taken.
  bool take(const std::string& name) { return taken_.insert(name).second; }

 private:
  std::set<std::string> taken_;
};

std::string name_of(std::string_view directory);  // "a/b" -> "a-b"

}  // namespace stepreg::generate
