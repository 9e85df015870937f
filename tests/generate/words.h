// Names and texts that look like those of people.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "generate/random.h"

namespace stepreg::generate {

// Words of names. No word is part of another list, so that a name has one reading.
std::span<const std::string_view> area_words();       // "harbor"
std::span<const std::string_view> topic_words();      // "network", "core-dump"
std::span<const std::string_view> qualifier_words();  // "proxy", "ipv6"
std::span<const std::string_view> org_words();

// About `bytes` of text in sentences, in one line.
std::string prose(Random& random, std::size_t bytes);
// The same in lines of about 90 bytes, each after `indent` blanks and with a line end.
std::string prose_block(Random& random, std::size_t bytes, std::size_t indent);

// "node_count" -> "NODE_COUNT", with `-` to `_`.
std::string variable_name(std::string_view text);
// A scalar for YAML: plain where every reader takes it for the same text, else in double quotes.
std::string scalar(std::string_view text);

}  // namespace stepreg::generate
