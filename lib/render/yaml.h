// YAML made from JSON: the same data for people.
#pragma once

#include <string>
#include <string_view>

namespace stepreg::render {

// One document in block style, starting with `---`; keys keep their order. Reads back to the same
// JSON in YAML 1.1 and 1.2: what another reader could take for a number, a date or a truth value is
// quoted, and texts that end with a line break are literal blocks where that loses nothing. `json`
// must be JSON that this program wrote.
std::string yaml_of_json(std::string_view json);

}  // namespace stepreg::render
