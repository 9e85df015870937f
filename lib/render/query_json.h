// Answers of queries as JSON: one document each, with `format` and `version`; their schemas are
// published in schemas/. Positions are 1-based line and column; columns count bytes of UTF-8. Paths
// are as the user named the trees, except in `origin`, where they are relative to their tree.
#pragma once

#include <string>
#include <vector>

#include "query/describe.h"
#include "query/explain.h"
#include "query/graph.h"
#include "query/listing.h"
#include "query/uses.h"

namespace stepreg::render {

// What an answer lacks: ids of components and tests, paths of files. It becomes `partial` and
// `incomplete`.
using Incomplete = std::vector<std::string>;

// "stepreg.explanation"
std::string explanation_json(const query::Explanation& explanation);
// "stepreg.uses"; of components of one name, or of a variable.
std::string uses_json(const std::vector<query::ComponentUses>& uses, const Incomplete& incomplete);
std::string uses_json(const query::VariableUses& uses, const Incomplete& incomplete);
// "stepreg.graph"
std::string graph_json(const query::Graph& graph, const Incomplete& incomplete);
// "stepreg.list": `kind` is "components" or "tests".
std::string listing_json(const std::string& kind, const query::Listing& listing,
                         const Incomplete& incomplete);
// One object per row and line.
std::string listing_jsonl(const query::Listing& listing);
// "stepreg.components": all of one name.
std::string descriptions_json(const std::vector<query::Description>& descriptions);

}  // namespace stepreg::render
