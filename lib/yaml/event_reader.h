// The events of a YAML text with places as byte offsets, read by libyaml. ci-operator's own reader
// (go-yaml) is a port of libyaml, so both accept the same texts. Private to this room.
#pragma once

#include <yaml.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace stepreg::yaml {

// Why a text is no YAML, in libyaml's words; `context` says within what, and may be empty.
struct ReadError {
  std::string problem;
  std::uint32_t offset = 0;
  std::string context;
  std::uint32_t context_offset = 0;
  std::uint32_t forbidden = 0;  // the code point that no text may have, when that is why
};

class EventReader {
 public:
  // `text` is UTF-8 and outlives the reader.
  explicit EventReader(std::string_view text);
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  // The next event, valid until the next call; null when the text is no YAML there. Not to be
  // called again after null or the end of the stream.
  const yaml_event_t* next();
  ReadError error();

  // Where the token of the event begins: its anchor or tag if it has one.
  std::uint32_t offset_of(const yaml_event_t& event) { return offset_of(event.start_mark); }

 private:
  std::uint32_t offset_of(const yaml_mark_t& mark);

  std::string_view text_;
  yaml_parser_t parser_;
  yaml_event_t event_;
  // libyaml counts characters. These are the same place, counted both ways; places asked for lie
  // near each other.
  bool ascii_;
  std::size_t at_character_ = 0;
  std::size_t at_byte_ = 0;
};

}  // namespace stepreg::yaml
