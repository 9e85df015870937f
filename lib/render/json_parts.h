// Pieces that the JSON formats share. Includes nlohmann: for .cc files of this folder only.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "diag/report.h"

namespace stepreg {

// Keys keep the order in which they are written.
using OrderedJson = nlohmann::ordered_json;

// Never throws: bytes that are not UTF-8 become U+FFFD. `indent` -1: on one line.
std::string json_text(const OrderedJson& value, int indent);

}  // namespace stepreg
