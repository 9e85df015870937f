// The files of schemas/, as they were when the library was built (lib/cmake/EmbedSchemas.cmake).
#pragma once

#include <span>
#include <string_view>

namespace stepreg::render {

struct EmbeddedSchema {
  std::string_view name;   // "plan", "findings", "steprun.run"
  std::string_view title;  // what it says of itself
  std::string_view text;
};
std::span<const EmbeddedSchema> embedded_schemas();  // sorted by name

}  // namespace stepreg::render
