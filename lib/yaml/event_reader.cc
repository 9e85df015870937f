#include "yaml/event_reader.h"

#include <algorithm>
#include <new>

namespace stepreg::yaml {

namespace {

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::string or_empty(const char* text) {
  return text == nullptr ? std::string() : text;
}

}  // namespace

EventReader::EventReader(std::string_view text)
    : text_(text), event_(), ascii_(std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x80U;
      })) {
  if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
  yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
}

EventReader::~EventReader() {
  yaml_event_delete(&event_);
  yaml_parser_delete(&parser_);
}

const yaml_event_t* EventReader::next() {
  yaml_event_delete(&event_);
  if (yaml_parser_parse(&parser_, &event_) != 0) return &event_;
  if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  return nullptr;
}

ReadError EventReader::error() {
  ReadError error;
  error.problem = or_empty(parser_.problem);
  if (parser_.error == YAML_READER_ERROR) {  // which has no mark, and counts bytes
    error.offset = static_cast<std::uint32_t>(std::min(parser_.problem_offset, text_.size()));
    error.forbidden = static_cast<std::uint32_t>(parser_.problem_value);
    return error;
  }
  error.offset = offset_of(parser_.problem_mark);
  error.context = or_empty(parser_.context);
  if (!error.context.empty()) error.context_offset = offset_of(parser_.context_mark);
  return error;
}

std::uint32_t EventReader::offset_of(const yaml_mark_t& mark) {
  if (ascii_) return static_cast<std::uint32_t>(std::min(mark.index, text_.size()));
  while (at_character_ < mark.index && at_byte_ < text_.size()) {
    do {
      ++at_byte_;
    } while (at_byte_ < text_.size() && continues_character(text_[at_byte_]));
    ++at_character_;
  }
  while (at_character_ > mark.index) {
    do {
      --at_byte_;
    } while (continues_character(text_[at_byte_]));
    --at_character_;
  }
  return static_cast<std::uint32_t>(at_byte_);
}

}  // namespace stepreg::yaml
