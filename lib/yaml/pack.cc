#include "yaml/pack.h"

#include <vector>

#include "base/varint.h"

namespace stepreg::yaml {

namespace {

// The first byte of a node: its kind in the low three bits, and these.
constexpr std::uint8_t kKindBits = 0x07;
constexpr std::uint8_t kPlain = 0x08;
constexpr std::uint8_t kInText =
    0x10;  // the scalar stands in the text, `lead` bytes behind its place
constexpr std::uint8_t kLead = 0x20;
constexpr std::size_t kLeastBytes = 2;  // of a node

std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}

std::int64_t unzigzag(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
}

std::uint64_t children_of(const Document& document, const Node& node) {
  std::uint64_t count = 0;
  for (NodeId child = node.first_child; child != kNoNode; child = document[child].next) ++count;
  return count;
}

bool is_collection(Node::Kind kind) {
  return kind == Node::Kind::sequence || kind == Node::Kind::mapping;
}

void pack_scalar(const Document& document, const Node& node, std::uint8_t head, std::string& out) {
  const std::string_view text = document.file().text();
  const auto lead = node.text.data() - (text.data() + node.offset);
  const bool in_text = !node.text.empty() && node.text.data() >= text.data() &&
                       node.text.data() < text.data() + text.size() && (lead == 0 || lead == 1);
  if (in_text) head |= lead == 1 ? kInText | kLead : kInText;
  out.front() = static_cast<char>(head);
  put_varint(out, node.text.size());
  if (!in_text) out += node.text;
}

// Puts the nodes together in the order of their numbers, in which a parent stands before its
// children and these follow each other with all that is below them.
class Unpacker {
 public:
  Unpacker(std::string_view text, std::string_view bytes, Arena& arena, std::vector<Node>& nodes)
      : text_(text), reader_(bytes), arena_(arena), nodes_(nodes) {}

  bool run() {
    const std::uint64_t count = reader_.varint();
    if (!reader_.ok() || count > reader_.size() / kLeastBytes) return false;
    nodes_.reserve(count);
    while (nodes_.size() < count) {
      if (!read_node()) return false;
    }
    return reader_.ok() && reader_.at_end() && open_.empty();
  }

 private:
  struct Open {
    NodeId node;
    std::uint64_t missing;
    NodeId last = kNoNode;
  };

  bool read_node() {
    const std::uint8_t head = reader_.byte();
    const auto kind = static_cast<Node::Kind>(head & kKindBits);
    offset_ += unzigzag(reader_.varint());
    if (!reader_.ok() || kind > Node::Kind::mapping) return false;
    if (offset_ < 0 || static_cast<std::uint64_t>(offset_) > text_.size()) return false;
    const auto id = static_cast<NodeId>(nodes_.size());
    if (!attach(id)) return false;
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    node.plain = (head & kPlain) != 0;
    node.offset = static_cast<std::uint32_t>(offset_);
    if (kind == Node::Kind::scalar && !read_text(head, node)) return false;
    if (is_collection(kind) && !open(id, kind)) return false;
    while (!open_.empty() && open_.back().missing == 0) open_.pop_back();
    return true;
  }

  bool attach(NodeId id) {
    if (open_.empty()) return id == 0;
    Open& parent = open_.back();
    (parent.last == kNoNode ? nodes_[parent.node].first_child : nodes_[parent.last].next) = id;
    parent.last = id;
    --parent.missing;
    return true;
  }

  bool open(NodeId id, Node::Kind kind) {
    const std::uint64_t children = reader_.varint();
    if (kind == Node::Kind::mapping && children % 2 != 0) return false;
    open_.push_back({id, children});
    return open_.size() <= kMaxDepth;
  }

  bool read_text(std::uint8_t head, Node& node) {
    const std::uint64_t size = reader_.varint();
    if ((head & kInText) == 0) {
      node.text = arena_.keep(reader_.piece(size));
    } else {
      const std::size_t begin = node.offset + ((head & kLead) != 0 ? 1U : 0U);
      if (begin > text_.size() || size > text_.size() - begin) return false;
      node.text = text_.substr(begin, size);
    }
    return reader_.ok();
  }

  std::string_view text_;
  ByteReader reader_;
  Arena& arena_;
  std::vector<Node>& nodes_;
  std::vector<Open> open_;
  std::int64_t offset_ = 0;
};

}  // namespace

// What only this room may do with a document.
class Packing {
 public:
  static std::optional<std::string> pack(const Document& document) {
    std::string out;
    put_varint(out, document.nodes_.size());
    std::int64_t last = 0;
    std::string one;
    for (const Node& node : document.nodes_) {
      if (node.kind == Node::Kind::alias) return std::nullopt;
      auto head = static_cast<std::uint8_t>(node.kind);
      if (node.plain) head |= kPlain;
      one.assign(1, static_cast<char>(head));
      put_varint(one, zigzag(static_cast<std::int64_t>(node.offset) - last));
      last = node.offset;
      if (node.kind == Node::Kind::scalar) pack_scalar(document, node, head, one);
      if (is_collection(node.kind)) put_varint(one, children_of(document, node));
      out += one;
    }
    return out;
  }

  static std::string content(const Document& document) {
    std::string out;
    for (const Node& node : document.nodes_) {
      out += static_cast<char>(static_cast<std::uint8_t>(node.kind) | (node.plain ? kPlain : 0));
      if (node.kind == Node::Kind::scalar) put_piece(out, node.text);
      if (node.kind == Node::Kind::alias) put_varint(out, node.target);
      if (is_collection(node.kind)) put_varint(out, children_of(document, node));
    }
    return out;
  }

  static bool unpack(std::string_view bytes, Document& document) {
    return Unpacker(document.file_->text(), bytes, document.arena_, document.nodes_).run();
  }
};

std::optional<std::string> pack(const Document& document) {
  return Packing::pack(document);
}

std::string content_of(const Document& document) {
  return Packing::content(document);
}

std::unique_ptr<Document> unpack(const SourceFile& file, std::string_view bytes) {
  auto document = std::make_unique<Document>(file);
  if (!Packing::unpack(bytes, *document)) return nullptr;
  return document;
}

}  // namespace stepreg::yaml
