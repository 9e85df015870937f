// The comments by which a file excuses findings, as they stand in the text of YAML and shell files:
//
//   # stepreg: ignore[RULE, ...] reason         this line; alone on its line: the next one
//   # stepreg: ignore-block[RULE, ...] reason   the block that begins on that line
//   # stepreg: ignore-file[RULE, ...] reason    the whole file
//
// "The next line" is the next one that is neither blank nor a comment. A block is that line and all
// that is indented deeper, with the list items of a YAML key and the closing word of a shell block.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/rule_table.h"
#include "diag/sink.h"
#include "source/source_file.h"

namespace stepreg {

struct SuppressionComment {
  struct Name {
    RuleId rule;
    std::uint32_t offset = 0;  // of the name in the brackets
    bool used = false;
  };

  const SourceFile* file = nullptr;
  std::uint32_t begin = 0;  // of the `#`
  std::uint32_t end = 0;    // of its line, before the line break
  std::uint32_t list_begin = 0;
  std::uint32_t list_end = 0;  // of what stands between the brackets
  bool alone = false;          // nothing but the comment on its line
  std::uint32_t first_line = 0;
  std::uint32_t last_line = 0;  // inclusive
  std::vector<Name> names;
  std::string reason;
};

// All comments of a file in their order. What cannot be understood goes to `sink` (SR902, SR903).
std::vector<SuppressionComment> suppression_comments(const SourceFile& file, Sink& sink);

}  // namespace stepreg
