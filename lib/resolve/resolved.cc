#include "resolve/resolved.h"

#include <algorithm>

namespace stepreg::resolve {

std::string source_id(const Source& source) {
  const std::string name(source.name);
  switch (source.kind) {
    case Source::Kind::command_line:
      return "command-line";
    case Source::Kind::test:
      return "test";
    case Source::Kind::workflow:
      return "workflow/" + name;
    case Source::Kind::chain:
      return "chain/" + name;
    case Source::Kind::step:
      return "ref/" + name;
    case Source::Kind::observer:
      return "observer/" + name;
    case Source::Kind::profile:
      break;
  }
  return "profile/" + name;
}

std::vector<std::string> ResolvedTest::way(std::uint32_t path) const {
  std::vector<std::string> names;
  for (; path != kNoPath; path = paths[path].parent) {
    names.push_back(source_id({paths[path].kind, paths[path].name, {}}));
  }
  std::reverse(names.begin(), names.end());
  return names;
}

}  // namespace stepreg::resolve
