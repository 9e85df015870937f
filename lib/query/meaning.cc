// The part of a YAML document that a plan can depend on.
#include "query/changes.h"

namespace stepreg::query {

namespace {

using yaml::Document;
using yaml::Node;
using yaml::NodeId;

class MeaningWriter {
 public:
  explicit MeaningWriter(const Document& document) : document_(document) {}

  // `described`: an object that may have `documentation` of its own: what stands in a list, or the
  // component itself. In other mappings the word is a free key.
  void write(NodeId id, bool described, int depth) {
    const Node& node = document_[document_.resolved(id)];
    switch (node.kind) {
      case Node::Kind::scalar:
        out_ += node.plain ? 'p' : 'q';
        out_ += std::to_string(node.text.size()) + ":";
        out_ += node.text;
        break;
      case Node::Kind::sequence:
        out_ += '[';
        for (NodeId child = node.first_child; child != yaml::kNoNode;
             child = document_[child].next) {
          write(child, true, depth + 1);
        }
        out_ += ']';
        break;
      case Node::Kind::mapping:
        mapping(node, described, depth);
        break;
      default:
        out_ += '~';
        break;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void mapping(const Node& node, bool described, int depth) {
    out_ += '{';
    for (NodeId key = node.first_child; key != yaml::kNoNode;) {
      const NodeId value = document_[key].next;
      if (value == yaml::kNoNode) break;
      if (!described || document_[document_.resolved(key)].text != "documentation") {
        write(key, false, depth + 1);
        write(value, depth == 0, depth + 1);
      }
      key = document_[value].next;
    }
    out_ += '}';
  }

  const Document& document_;
  std::string out_;
};

}  // namespace

std::string meaning_of(const Document& document, NodeId node) {
  MeaningWriter writer(document);
  writer.write(node, false, 0);
  return writer.take();
}

}  // namespace stepreg::query
