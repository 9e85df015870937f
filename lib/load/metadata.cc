#include "load/metadata.h"

#include "decode/decoder.h"
#include "decode/tables.h"
#include "yaml/document.h"

namespace stepreg::load {

namespace {

std::vector<std::string> texts(const TextList& list) {
  std::vector<std::string> out;
  for (const Text& text : list) out.emplace_back(*text);
  return out;
}

// As Go writes it: `<`, `>` and `&` are escaped, and so are the line separators of JavaScript.
std::string json_text(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (text[i] == '"' || text[i] == '\\') {
      out += {'\\', text[i]};
    } else if (text[i] == '\n' || text[i] == '\r' || text[i] == '\t') {
      out += text[i] == '\n' ? "\\n" : text[i] == '\r' ? "\\r" : "\\t";
    } else if (c < 0x20 || text[i] == '<' || text[i] == '>' || text[i] == '&') {
      out += {'\\', 'u', '0', '0', kHex[c >> 4U], kHex[c & 15U]};
    } else if (text.substr(i).starts_with("\xE2\x80\xA8")) {
      out += "\\u2028";
      i += 2;
    } else if (text.substr(i).starts_with("\xE2\x80\xA9")) {
      out += "\\u2029";
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out += '"';
}

void append_list(std::string_view key, const std::vector<std::string>& names, std::string& out) {
  if (names.empty()) return;
  out += out.ends_with('{') ? "\n\t\t" : ",\n\t\t";
  out += json_text(key) + ": [";
  for (std::size_t i = 0; i < names.size(); ++i) {
    out += (i == 0 ? "\n\t\t\t" : ",\n\t\t\t") + json_text(names[i]);
  }
  out += "\n\t\t]";
}

}  // namespace

std::optional<People> read_owners(const SourceFile& owners, Sink& problems) {
  const auto document = yaml::parse(owners, problems);
  if (!document) return std::nullopt;
  Sink own = problems.empty_copy();
  OwnersFile file;
  decode::Decoder(*document, decode::Strictness::silent, own).read_root(file);
  const bool is_usable = !own.has_errors();
  problems.merge(std::move(own));
  if (!is_usable) return std::nullopt;
  return People{texts(file.approvers), texts(file.reviewers), texts(file.required_reviewers),
                texts(file.labels)};
}

std::string metadata_path(std::string_view yaml_path) {
  const std::string_view stem = yaml_path.substr(0, yaml_path.rfind('.'));
  return std::string(stem) + std::string(kMetadataSuffix);
}

std::string metadata_text(std::string_view yaml_path, const People& people) {
  return metadata_begin(yaml_path) + metadata_end(people);
}

std::string metadata_begin(std::string_view yaml_path) {
  return "{\n\t\"path\": " + json_text(yaml_path) + ",\n\t\"owners\": ";
}

std::string metadata_end(const People& people) {
  std::string out = "{";
  append_list("approvers", people.approvers, out);
  append_list("reviewers", people.reviewers, out);
  append_list("required_reviewers", people.required_reviewers, out);
  append_list("labels", people.labels, out);
  out += out.ends_with('{') ? "}" : "\n\t}";
  return out += "\n}";
}

}  // namespace stepreg::load
