#include "generate/node.h"

#include "generate/words.h"

namespace stepreg::generate {

Node Node::bare(std::string_view text) {
  Node node(text);
  node.kind_ = Kind::bare;
  return node;
}

void Node::add(Node item) {
  kind_ = Kind::list;
  items_.push_back(std::move(item));
}

// Text with line ends becomes a block; `|-` where the last line has none.
void Node::print_text(std::string& out, std::size_t indent) const {
  if (kind_ == Kind::bare || text_.find('\n') == std::string::npos) {
    out += " " + (kind_ == Kind::bare ? text_ : scalar(text_)) + "\n";
    return;
  }
  out += text_.back() == '\n' ? " |\n" : " |-\n";
  for (std::size_t at = 0; at < text_.size();) {
    const std::size_t end = std::min(text_.find('\n', at), text_.size());
    if (end > at) out.append(indent + 2, ' ');
    out.append(text_, at, end - at).append("\n");
    at = end + 1;
  }
}

void Node::print_after_key(std::string& out, std::size_t indent) const {
  switch (kind_) {
    case Kind::text:
    case Kind::bare:
      print_text(out, indent);
      break;
    case Kind::list:
      out += "\n";
      print(out, indent);
      break;
    case Kind::mapping:
      out += entries_.empty() ? " {}\n" : "\n";
      print(out, indent + 2);
  }
}

void Node::print(std::string& out, std::size_t indent) const {
  for (const auto& [key, value] : entries_) {
    out.append(indent, ' ').append(key == "*" ? "'*'" : key).append(":");
    value.print_after_key(out, indent);
  }
  for (const Node& item : items_) {
    if (item.kind_ != Kind::mapping) {
      out.append(indent, ' ').append("-");
      item.print_text(out, indent);
      continue;
    }
    const std::size_t begin = out.size();
    item.print(out, indent + 2);
    out[begin + indent] = '-';
  }
}

std::string Node::document() const {
  std::string out;
  print(out, 0);
  return out;
}

std::string Node::item() const {
  Node list;
  list.add(*this);
  return list.document();
}

}  // namespace stepreg::generate
