#include "document_tree.h"

#include <set>
#include <vector>

#include "base/check.h"
#include "yaml/scalar.h"

namespace stepreg::fuzz {

namespace {

class TreeCheck {
 public:
  explicit TreeCheck(const yaml::Document& document) : document_(document) {}

  void check() {
    struct Open {
      yaml::NodeId id;
      std::size_t depth;
    };
    std::vector<Open> open{{document_.root(), 0}};
    while (!open.empty()) {
      const auto [id, depth] = open.back();
      open.pop_back();
      CHECK(depth <= yaml::kMaxDepth);
      CHECK(seen_.insert(id).second);
      check_node(id);
      std::size_t children = 0;
      for (auto child = document_[id].first_child; child != yaml::kNoNode;
           child = document_[child].next) {
        CHECK(child > id);
        open.push_back({child, depth + 1});
        ++children;
      }
      CHECK(document_[id].kind != yaml::Node::Kind::mapping || children % 2 == 0);
    }
    // Children get their numbers in the order of the text, so there is no node beside the tree.
    CHECK(*seen_.rbegin() + 1 == seen_.size());
  }

 private:
  void check_node(yaml::NodeId id) {
    const yaml::Node& node = document_[id];
    const std::string_view text = document_.file().text();
    CHECK(node.offset <= text.size());
    const bool parent =
        node.kind == yaml::Node::Kind::sequence || node.kind == yaml::Node::Kind::mapping;
    CHECK(parent || node.first_child == yaml::kNoNode);
    if (node.kind == yaml::Node::Kind::alias) {
      CHECK(node.target < id);
      CHECK(document_[document_.resolved(id)].kind != yaml::Node::Kind::alias);
    }
    if (node.kind != yaml::Node::Kind::scalar) return;
    if (node.text.data() >= text.data() && node.text.data() < text.data() + text.size()) {
      CHECK(node.text.data() + node.text.size() <= text.data() + text.size());
    }
    check_scalar(node);
  }

  // What the converter writes of a number or boolean means the same to it.
  static void check_scalar(const yaml::Node& node) {
    const yaml::Scalar scalar = yaml::interpret(node.text, node.plain);
    const std::string converted = yaml::converted_to_text(scalar, node.text);
    if (scalar.type == yaml::Scalar::Type::text) CHECK(converted == node.text);
    if (scalar.type != yaml::Scalar::Type::integer) return;
    const yaml::Scalar again = yaml::interpret(converted, true);
    CHECK(again.type == scalar.type);
    CHECK(again.magnitude == scalar.magnitude && again.negative == scalar.negative);
  }

  const yaml::Document& document_;
  std::set<yaml::NodeId> seen_;
};

}  // namespace

void check_tree(const yaml::Document& document) {
  if (!document.empty()) TreeCheck(document).check();
}

}  // namespace stepreg::fuzz
