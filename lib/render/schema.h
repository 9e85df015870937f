// JSON Schemas (draft-07) of the files that are read, written from the tables that drive the
// decoder.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stepreg::render {

struct SchemaName {
  std::string_view
      name;  // "ref", "chain", "workflow", "observer", "config", "cluster-profiles", "settings"
  std::string_view files;  // which files it is for, as a shell-like pattern
};
std::span<const SchemaName> schema_names();

// The text of schemas/stepreg.NAME.schema.json; empty for an unknown name.
std::string input_schema(std::string_view name);

}  // namespace stepreg::render
