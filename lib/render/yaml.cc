#include "render/yaml.h"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/text.h"

namespace stepreg::render {

namespace {

using Json = nlohmann::ordered_json;

// Words that some reader takes for null, a truth value or a number.
bool is_reserved(std::string_view text) {
  static constexpr std::string_view kWords[] = {"y",   "n",    "yes",   "no",  "on",
                                                "off", "true", "false", "null"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return equal_ignoring_case(word, text); });
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_plain(std::string_view text) {
  if (text.empty() || is_reserved(text)) return false;
  if (!is_letter(text.front()) && text.front() != '/') return false;
  constexpr std::string_view kPunctuation = " _./@+,()=*-:";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool ordinary =
        is_letter(c) || (c >= '0' && c <= '9') || kPunctuation.find(c) != std::string_view::npos;
    if (!ordinary) return false;
    const bool last = i + 1 == text.size();
    if (c == ' ' && last) return false;
    if (c == ':' && (last || text[i + 1] == ' ')) return false;
  }
  return true;
}

// The code point that starts at `at`, and how many bytes it has. The text is UTF-8.
std::uint32_t code_point(std::string_view text, std::size_t at, std::size_t& bytes) {
  const auto first = static_cast<unsigned char>(text[at]);
  bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  std::uint32_t point = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  return point;
}

// Characters that YAML readers refuse, or take for the end of a line.
bool needs_escape(std::uint32_t point) {
  if (point < 0x20 || (point >= 0x7F && point < 0xA0)) return true;
  return point == 0x2028 || point == 0x2029 || point == 0xFEFF || point == 0xFFFE ||
         point == 0xFFFF;
}

bool has_escapes(std::string_view text) {
  for (std::size_t i = 0, bytes = 0; i < text.size(); i += bytes) {
    const std::uint32_t point = code_point(text, i, bytes);
    if (point != '\n' && point != '\t' && needs_escape(point)) return true;
  }
  return false;
}

// Can the text stand as a literal block without losing anything? The library writes only those that
// end with one line break.
bool is_block(std::string_view text) {
  if (!text.ends_with('\n') || text.ends_with("\n\n")) return false;
  if (text.front() == ' ' || text.front() == '\n' || text.front() == '\t') return false;
  text.remove_suffix(1);
  const std::string_view last = text.substr(text.rfind('\n') + 1);
  return last.find_first_not_of(" \t") != std::string_view::npos && !has_escapes(text);
}

void write_text(YAML::Emitter& out, const std::string& text, bool block_allowed) {
  if (block_allowed && is_block(text)) {
    out << YAML::Literal << text.substr(0, text.size() - 1);
  } else if (is_plain(text)) {
    out << text;
  } else if (has_escapes(text)) {
    out << YAML::DoubleQuoted << YAML::EscapeNonAscii << text;
  } else {
    out << YAML::DoubleQuoted << text;
  }
}

void write(YAML::Emitter& out, const Json& value) {
  if (value.is_object() && !value.empty()) {
    out << YAML::BeginMap;
    for (const auto& [key, member] : value.items()) {
      out << YAML::Key;
      write_text(out, key, false);
      out << YAML::Value;
      write(out, member);
    }
    out << YAML::EndMap;
  } else if (value.is_array() && !value.empty()) {
    out << YAML::BeginSeq;
    for (const Json& item : value) write(out, item);
    out << YAML::EndSeq;
  } else if (value.is_structured()) {
    out << YAML::Flow;
    value.is_array() ? out << YAML::BeginSeq << YAML::EndSeq
                     : out << YAML::BeginMap << YAML::EndMap;
  } else if (value.is_string()) {
    write_text(out, value.get_ref<const std::string&>(), true);
  } else if (value.is_null()) {
    out << YAML::LowerNull << YAML::Null;
  } else {
    out << value.dump();
  }
}

}  // namespace

std::string yaml_of_json(std::string_view json) {
  const Json value = Json::parse(json, nullptr, false);
  CHECK(!value.is_discarded());
  YAML::Emitter out;
  write(out, value);
  CHECK(out.good());
  return "---\n" + std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace stepreg::render
