// One YAML document as a tree with places. Libraries' own trees hide what a linter needs: repeated
// keys, aliases, whether a scalar was quoted.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "diag/sink.h"
#include "source/source_file.h"

namespace stepreg::yaml {

// Deeper than any real file (about 10), far below what recursion can bear.
inline constexpr unsigned kMaxDepth = 100;
// Nodes that aliases may add to a document, per node that is written out; more is hostile (R038).
inline constexpr std::uint64_t kMaxAliasFactor = 100;

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = UINT32_MAX;

struct Node {
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping, alias };
  Kind kind = Kind::null;
  // A plain scalar may mean a number, boolean or null; a quoted, block or `!tag` one is always
  // text.
  bool plain = false;
  // Of its first byte, which may be that of an anchor or tag; an empty value stands right behind
  // its
  // `:` or `-`.
  std::uint32_t offset = 0;
  NodeId first_child = kNoNode;  // a mapping's children are key, value, key, value, ...
  NodeId next = kNoNode;         // the next sibling
  NodeId target = kNoNode;       // of an alias: the anchored node
  std::string_view text;         // of a scalar
};

class Document {
 public:
  explicit Document(const SourceFile& file) : file_(&file) {}

  const SourceFile& file() const { return *file_; }
  bool empty() const { return nodes_.empty(); }
  NodeId root() const { return 0; }  // only when not empty
  const Node& operator[](NodeId id) const { return nodes_[id]; }
  // The node itself, or what an alias stands for.
  NodeId resolved(NodeId id) const;
  Place place(NodeId id) const { return {file_, nodes_[id].offset}; }
  // For texts that are made while decoding; they live as long as the document.
  Arena& arena() { return arena_; }

 private:
  friend class Builder;
  friend class Packing;
  const SourceFile* file_;
  std::vector<Node> nodes_;
  Arena arena_;
};

// Reads the first document. Problems become findings SR010 to SR014; with one of those before SR014
// the document is null. An empty text gives an empty document. The document refers to `file`.
std::unique_ptr<Document> parse(const SourceFile& file, Sink& sink);

}  // namespace stepreg::yaml
