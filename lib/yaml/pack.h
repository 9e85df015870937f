// Documents as compact bytes, to be kept beside the text that they were parsed from.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "yaml/document.h"

namespace stepreg::yaml {

// About five bytes for each node. Nullopt for a document with aliases: they are rare, and what they
// stand for would have to be counted again.
std::optional<std::string> pack(const Document& document);

// The document that was packed; it refers to `file`, whose text must be the one it was parsed from.
// Null when the bytes are not what pack() can have written for a text of this size.
std::unique_ptr<Document> unpack(const SourceFile& file, std::string_view bytes);

// What the document says, without where and how it says it: the same for two that differ in nothing
// but comments, layout, the style of quotes, and the names of anchors and tags.
std::string content_of(const Document& document);

}  // namespace stepreg::yaml
