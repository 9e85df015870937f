// What to tell a person about a text that is no YAML. Private to this room.
#pragma once

#include "diag/sink.h"
#include "yaml/event_reader.h"

namespace stepreg::yaml {

// Adds SR010, or SR011 for a character that no YAML text may have. libyaml tells where it gave up;
// the finding stands where a person has to look, for example at the quote that is never closed.
void report(const ReadError& error, const SourceFile& file, Sink& sink);

}  // namespace stepreg::yaml
