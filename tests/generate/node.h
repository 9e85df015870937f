// A value that is printed as the field's formatter prints configurations: keys sorted, lists not
// indented.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepreg::generate {

class Node {
 public:
  Node() = default;                                                // an empty mapping
  Node(std::string_view text) : kind_(Kind::text), text_(text) {}  // NOLINT: implicit on purpose
  Node(const std::string& text) : Node(std::string_view(text)) {}  // NOLINT
  Node(const char* text) : Node(std::string_view(text)) {}         // NOLINT
  // A number or boolean: never quoted.
  static Node bare(std::string_view text);

  Node& operator[](const std::string& key) { return entries_[key]; }
  void add(Node item);  // makes it a list
  bool empty() const { return kind_ == Kind::mapping && entries_.empty(); }

  // As the value of the document, or as one item of a list at `indent`.
  std::string document() const;
  std::string item() const;

 private:
  enum class Kind { mapping, list, text, bare };
  void print(std::string& out, std::size_t indent) const;  // mapping or list, in whole lines
  void print_after_key(std::string& out, std::size_t indent) const;
  void print_text(std::string& out, std::size_t indent) const;

  Kind kind_ = Kind::mapping;
  std::string text_;
  std::map<std::string, Node> entries_;
  std::vector<Node> items_;
};

}  // namespace stepreg::generate
