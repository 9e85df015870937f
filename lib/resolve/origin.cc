#include "resolve/origin.h"

#include "base/fs.h"

namespace stepreg::resolve {

std::string Origins::relative(const std::string& path) const {
  for (const std::string& root : roots_) {
    if (!root.empty() && path.starts_with(root + (root.back() == '/' ? "" : "/"))) {
      return path.substr(root.size() + (root.back() == '/' ? 0 : 1));
    }
  }
  // A plan has no absolute paths, whatever the user typed.
  return path.starts_with('/') ? std::string(base_name(path)) : path;
}

plan::Origin Origins::of(std::string source_id, Place place) const {
  plan::Origin origin;
  origin.source = std::move(source_id);
  if (!place) return origin;
  const LineColumn position = place.line_column();
  origin.file = relative(place.file->path());
  origin.line = position.line;
  origin.column = position.column;
  return origin;
}

plan::Origin Origins::of(const Source& source) const {
  return of(source_id(source), source.place);
}

}  // namespace stepreg::resolve
