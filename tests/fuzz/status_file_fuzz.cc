// Status files, ours and Pavilion's: nothing in them is an error, and all readers agree.
#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "exec/status_file.h"
#include "exec/status_parse.h"
#include "exec/status_states.h"
#include "fuzz.h"
#include "memory_file.h"

namespace stepreg::fuzz {

namespace {

using exec::StatusRecord;

// What is written of a record that was read reads back as the same, but for what no note can hold.
void check_written(const StatusRecord& record) {
  if (exec::find_state(record.state) == nullptr) return;
  const auto written = [](const StatusRecord& of) {
    std::string line = exec::status_line(of.at, of.state, of.note, exec::StampForm::iso_utc);
    CHECK(line.size() <= exec::kStatusLineBytes);
    CHECK(line.ends_with('\n') && std::count(line.begin(), line.end(), '\n') == 1);
    line.pop_back();
    return exec::parse_status_line(line, Zone::utc, {});
  };
  const StatusRecord once = written(record);
  CHECK(!once.damaged && once.state == record.state);
  CHECK(written(once) == once);
}

void check_record(const StatusRecord& record) {
  CHECK(first_invalid_utf8(record.note) == std::string_view::npos);
  CHECK(record.note.size() <= 3 * exec::kStatusLineBytes);  // U+FFFD has three bytes
  CHECK(record.damaged ? record.state == "INVALID" : exec::is_well_formed_state(record.state));
  if (!record.damaged) check_written(record);
}

void check_current(const std::vector<StatusRecord>& history, const StatusRecord& current) {
  const auto last = std::find_if(history.rbegin(), history.rend(), [](const StatusRecord& record) {
    return !record.damaged && !record.incomplete && !exec::is_informational_state(record.state);
  });
  if (last != history.rend()) CHECK(current == *last);
}

void try_text(std::string_view text) {
  static MemoryFile file;
  file.fill(text.substr(0, text.size() / 2));
  exec::StatusFollower follower(file.path());
  std::vector<StatusRecord> followed = follower.poll();
  file.fill(text);
  std::vector<StatusRecord> rest = follower.poll();
  followed.insert(followed.end(), rest.begin(), rest.end());

  const exec::StatusReader reader(file.path());
  std::vector<StatusRecord> history = reader.history();
  for (const StatusRecord& record : history) {
    check_record(record);
    CHECK(record.damaged || reader.has_state(record.state));
  }
  check_current(history, reader.current());
  reader.last();
  if (!history.empty() && history.back().incomplete) history.pop_back();
  CHECK(followed.size() == history.size());
  for (std::size_t i = 0; i < history.size(); ++i) {
    CHECK(followed[i].state == history[i].state && followed[i].note == history[i].note);
  }
  exec::StatusReader(file.path(), Zone::local).history();
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepreg::fuzz::try_text(stepreg::fuzz::text_of(data, size));
  return 0;
}
