// The JSON of a baseline with the places of its parts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "source/source_file.h"

namespace stepreg {

// One mapping of the file, at any depth, as far as a baseline has them: fields are texts or
// numbers.
struct JsonFields {
  struct Field {
    std::string name;
    std::uint32_t offset = 0;  // of the value's end; places are good to the line
    std::optional<std::string> text;
    std::optional<std::uint64_t> number;
  };
  std::uint32_t offset = 0;  // of the opening brace
  std::vector<Field> fields;

  const Field* find(const std::string& name) const;
};

struct BaselineJson {
  JsonFields top;
  bool has_list = false;  // `findings` is a list
  std::vector<JsonFields> entries;
  // The first thing that makes the file unusable as a whole: where and what.
  std::optional<std::pair<std::uint32_t, std::string>> failure;
};

BaselineJson read_baseline_json(const SourceFile& file);

}  // namespace stepreg
