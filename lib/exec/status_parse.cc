#include "exec/status_parse.h"

#include "base/text.h"
#include "exec/status_states.h"

namespace stepreg::exec {

namespace {

std::string note_text(std::string_view written) {
  std::string note;
  note.reserve(written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] == '\\' && i + 1 < written.size() && written[i + 1] == 'n') {
      note += '\n';
      ++i;
    } else {
      note += written[i];
    }
  }
  return valid_utf8(note);
}

}  // namespace

StatusRecord parse_status_line(std::string_view line, Zone zone, WallTime previous) {
  const std::size_t first = line.find(' ');
  const std::string_view stamp = line.substr(0, first);
  const std::string_view rest =
      first == std::string_view::npos ? std::string_view() : line.substr(first + 1);
  const std::size_t second = rest.find(' ');
  const std::string_view state = rest.substr(0, second);
  const auto at = parse_wall_time(stamp, zone);
  StatusRecord record;
  if (!at || !is_well_formed_state(state)) {
    record.at = previous;
    record.state = "INVALID";
    record.note = valid_utf8(line.substr(0, kStatusLineBytes));
    record.damaged = true;
    return record;
  }
  record.at = *at;
  record.state = state;
  if (second != std::string_view::npos) record.note = note_text(rest.substr(second + 1));
  return record;
}

void StatusLines::take(std::string_view part) {
  // One byte more than allowed is enough to know that a line is too long.
  const std::size_t room = kStatusLineBytes - line_.size();
  if (part.size() > room) too_long_ = true;
  line_.append(part.substr(0, room));
}

void StatusLines::feed(std::string_view bytes, const Receive& receive) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    take(bytes.substr(0, end));
    if (end == std::string_view::npos) return;
    // With its line feed a line of exactly kStatusLineBytes is one too long.
    if (line_.size() == kStatusLineBytes) too_long_ = true;
    receive({line_, too_long_, true});
    line_.clear();
    too_long_ = false;
    bytes.remove_prefix(end + 1);
  }
}

void StatusLines::finish(const Receive& receive) {
  if (!line_.empty()) receive({line_, too_long_, false});
  line_.clear();
  too_long_ = false;
}

}  // namespace stepreg::exec
