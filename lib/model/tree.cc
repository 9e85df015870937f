#include "model/tree.h"

#include <algorithm>

namespace stepreg {

TreeFile::Kind kind_of_name(std::string_view name) {
  using Kind = TreeFile::Kind;
  if (name == "OWNERS") return Kind::owners;
  const std::size_t dot = name.rfind('.');
  const std::string_view extension =
      dot == std::string_view::npos ? std::string_view() : name.substr(dot);
  if (extension == ".md") return Kind::documentation;
  for (const Kind kind : {Kind::step, Kind::chain, Kind::workflow, Kind::observer}) {
    if (name.ends_with(suffix_of(kind))) return kind;
  }
  if (name.ends_with(".metadata.json")) return Kind::metadata;
  if (name.ends_with("-commands" + std::string(extension))) return Kind::script;
  return name == "VERSION" ? Kind::version : Kind::unknown;
}

std::string_view suffix_of(TreeFile::Kind kind) {
  switch (kind) {
    case TreeFile::Kind::step:
      return "-ref.yaml";
    case TreeFile::Kind::chain:
      return "-chain.yaml";
    case TreeFile::Kind::workflow:
      return "-workflow.yaml";
    case TreeFile::Kind::observer:
      return "-observer.yaml";
    default:
      return "";
  }
}

std::string prefix_of(std::string_view directory) {
  if (directory.empty()) return ".";
  std::string prefix(directory);
  std::replace(prefix.begin(), prefix.end(), '/', '-');
  return prefix;
}

}  // namespace stepreg
