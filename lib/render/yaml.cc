#include "render/yaml.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
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

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0, bytes = 0; i < text.size(); i += bytes) {
    const std::uint32_t point = code_point(text, i, bytes);
    if (point == '"' || point == '\\') {
      (out += '\\') += static_cast<char>(point);
    } else if (point == '\n') {
      out += "\\n";
    } else if (point == '\t') {
      out += "\\t";
    } else if (needs_escape(point)) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04X", point);
      out += escape;
    } else {
      out += text.substr(i, bytes);
    }
  }
  return out += '"';
}

// Can the text stand as a literal block without losing anything?
bool is_block(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return false;
  if (text.front() == ' ' || text.front() == '\n' || text.front() == '\t') return false;
  const std::string_view body = text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
  const std::string_view last = body.substr(body.rfind('\n') + 1);
  if (last.find_first_not_of(" \t") == std::string_view::npos) return false;
  for (std::size_t i = 0, bytes = 0; i < text.size(); i += bytes) {
    const std::uint32_t point = code_point(text, i, bytes);
    if (point != '\n' && point != '\t' && needs_escape(point)) return false;
  }
  return true;
}

class YamlWriter {
 public:
  std::string document(const Json& value) {
    out_ = "---\n";
    if (value.is_structured() && !value.empty()) {
      collection(value, 0);
    } else {
      (out_ += leaf(value)) += '\n';
    }
    return std::move(out_);
  }

 private:
  static std::string leaf(const Json& value) {
    if (!value.is_string()) return value.dump();
    const auto& text = value.get_ref<const std::string&>();
    return is_plain(text) ? text : double_quoted(text);
  }

  void block(std::string_view text, std::size_t indent) {
    const bool whole = text.ends_with('\n');
    out_ += whole ? " |\n" : " |-\n";
    if (whole) text.remove_suffix(1);
    for (const std::string_view line : split(text, '\n')) {
      if (!line.empty()) out_.append(indent, ' ') += line;
      out_ += '\n';
    }
  }

  // What follows a key: on the same line, or below it.
  void value_of_key(const Json& value, std::size_t indent) {
    if (value.is_structured() && !value.empty()) {
      out_ += '\n';
      collection(value, value.is_array() ? indent : indent + 2);
    } else if (value.is_string() && is_block(value.get_ref<const std::string&>())) {
      block(value.get_ref<const std::string&>(), indent + 2);
    } else {
      ((out_ += ' ') += leaf(value)) += '\n';
    }
  }

  // The first line is already indented when `inline_first`.
  void collection(const Json& value, std::size_t indent, bool inline_first = false) {
    for (auto item = value.begin(); item != value.end(); ++item) {
      if (!inline_first) out_.append(indent, ' ');
      inline_first = false;
      if (value.is_object()) {
        const Json key = item.key();
        (out_ += leaf(key)) += ':';
        value_of_key(*item, indent);
        continue;
      }
      out_ += '-';
      if (item->is_structured() && !item->empty()) {
        out_ += ' ';
        collection(*item, indent + 2, true);
      } else {
        value_of_key(*item, indent);
      }
    }
  }

  std::string out_;
};

}  // namespace

std::string yaml_of_json(std::string_view json) {
  const Json value = Json::parse(json, nullptr, false);
  CHECK(!value.is_discarded());
  return YamlWriter().document(value);
}

}  // namespace stepreg::render
