// Properties of a document, however it came to be.
#pragma once

#include "yaml/document.h"

namespace stepreg::fuzz {

// Its nodes are one tree, in the order of the text, and lie in it.
void check_tree(const yaml::Document& document);

}  // namespace stepreg::fuzz
