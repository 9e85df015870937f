// Answers of queries for people.
#pragma once

#include <string>

#include "query/describe.h"
#include "query/explain.h"
#include "query/listing.h"
#include "query/uses.h"

namespace stepreg::render {

// Every fact with its levels, each with place and the text of the line.
std::string explanation_text(const query::Explanation& explanation);

// `all`: every test by name; otherwise the first few of each group and how many more there are.
std::string uses_text(const query::ComponentUses& uses, bool all);
std::string uses_text(const query::VariableUses& uses, bool all);

std::string listing_text(const query::Listing& listing);

// `script`: with the text of a step's script.
std::string description_text(const query::Description& description, bool script);

}  // namespace stepreg::render
