// From document to model, driven by the tables of schema.h. Never stops at a mistake: a wrong value
// is reported and then treated as absent.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "decode/schema.h"
#include "diag/sink.h"
#include "model/step.h"
#include "yaml/document.h"
#include "yaml/scalar.h"

namespace stepreg::decode {

// How unknown and repeated keys are taken (registry.md 3.1.1).
enum class Strictness : std::uint8_t {
  strict,   // files of the registry
  lenient,  // configuration files
  silent,   // cluster profiles, OWNERS: unknown keys are nobody's business
};

class Decoder {
 public:
  Decoder(yaml::Document& document, Strictness strictness, Sink& sink)
      : document_(document), strictness_(strictness), sink_(sink) {}

  // The whole document as one object. False when there is no mapping to read.
  template <class T>
  bool read_root(T& object) {
    if (document_.empty()) return false;
    const yaml::NodeId root = document_.resolved(document_.root());
    if (document_[root].kind != yaml::Node::Kind::mapping) {
      if (document_[root].kind != yaml::Node::Kind::null) wrong_type(root, "a mapping");
      return false;
    }
    read_mapping(root, spec_of<T>(), &object);
    return true;
  }

  void read(yaml::NodeId node, Text& value);
  void read(yaml::NodeId node, Flag& value);
  void read(yaml::NodeId node, Integer& value);
  void read_unsigned(yaml::NodeId node, Integer& value);
  void read(yaml::NodeId node, DurationValue& value);
  void read(yaml::NodeId node, Limit& value);

  template <class T>
  void read(yaml::NodeId node, Located<T>& object) {
    node = document_.resolved(node);
    if (is_null(node)) return;
    if (!expect(node, yaml::Node::Kind::mapping, "a mapping")) return;
    object.place = document_.place(node);
    read_mapping(node, spec_of<T>(), &object.value);
  }

  template <class T>
  void read(yaml::NodeId node, Sequence<T>& list) {
    node = document_.resolved(node);
    if (is_null(node)) return;
    if (!expect(node, yaml::Node::Kind::sequence, "a list")) return;
    list.place = document_.place(node);
    for (yaml::NodeId child = document_[node].first_child; child != yaml::kNoNode;
         child = document_[child].next) {
      T& element = list.value.emplace_back();
      read(child, element);
      // A null element is an empty one.
      if (!element.place) element.place = document_.place(child);
    }
  }

  template <class T>
  void read(yaml::NodeId node, Sequence<Entry<T>>& map) {
    node = document_.resolved(node);
    if (is_null(node)) return;
    if (!expect(node, yaml::Node::Kind::mapping, "a mapping")) return;
    map.place = document_.place(node);
    for (const Pair& pair : pairs_of(node)) {
      Entry<T>& entry = map.value.emplace_back();
      entry.key = pair.key;
      read(pair.value, entry.value);
      if (!entry.value.place) entry.value.place = pair.key.place;
    }
  }

  yaml::Document& document() { return document_; }
  Sink& sink() { return sink_; }

  // For readers of fields with several forms.
  yaml::Node::Kind kind_of(yaml::NodeId node) const;
  void note_old_form(Place place, std::string message);

 private:
  friend struct FieldScope;

  struct Pair {
    Text key;
    yaml::NodeId value;
  };

  // Keys and values, `<<` merged, of several equal keys the last one. Reports repeated keys.
  std::vector<Pair> pairs_of(yaml::NodeId mapping);
  void append_merged(yaml::NodeId value, std::vector<Pair>& merged);
  bool key_text(yaml::NodeId key, Text& text);
  void report_repeated(const Pair& earlier, const Pair& later, bool merged);

  void read_mapping(yaml::NodeId node, const ObjectSpec& spec, void* object);
  bool read_field(const ObjectSpec& spec, const Pair& pair, void* object);
  // `unused`: the fields that are not in the mapping; only they can be meant.
  void unknown_field(const ObjectSpec& spec, const Pair& pair,
                     const std::vector<std::string_view>& unused);

  bool is_null(yaml::NodeId node) const;
  bool expect(yaml::NodeId node, yaml::Node::Kind kind, std::string_view what);
  Diagnostic& add_wrong_type(yaml::NodeId node, std::string_view expected);
  void wrong_type(yaml::NodeId node, std::string_view expected) { add_wrong_type(node, expected); }
  yaml::Scalar scalar_of(yaml::NodeId node) const;
  void read_limit_mapping(yaml::NodeId node, Limit& value);
  void read_limit_text(yaml::NodeId node, Limit& value);
  void check_sign(Place place, Nanoseconds value);
  void check_unit(Place place, std::string_view text, Nanoseconds value);
  void check_unit(const Text& unit, const Integer& count);
  void check_length(Place place, Nanoseconds value);

  yaml::Document& document_;
  Strictness strictness_;
  Sink& sink_;
  bool as_written_ = false;      // kAsWritten
  bool exact_ = false;           // numbers are not converted to text here
  std::string_view field_ = "";  // the field that is being read, for messages
};

// --- rows of tables
// -----------------------------------------------------------------------------------

template <class T>
struct TypeOf;
template <>
struct TypeOf<Text> {
  static constexpr TypeSpec kSpec{Type::text};
};
template <>
struct TypeOf<Flag> {
  static constexpr TypeSpec kSpec{Type::flag};
};
template <>
struct TypeOf<Integer> {
  static constexpr TypeSpec kSpec{Type::integer};
};
template <>
struct TypeOf<DurationValue> {
  static constexpr TypeSpec kSpec{Type::duration};
};
template <>
struct TypeOf<Limit> {
  static constexpr TypeSpec kSpec{Type::limit};
};
template <class T>
struct TypeOf<Located<T>> {
  static constexpr TypeSpec kSpec{Type::object, nullptr, &spec_of<T>};
};
template <class T>
struct TypeOf<Sequence<T>> {
  static constexpr TypeSpec kSpec{Type::list, &TypeOf<T>::kSpec};
};
template <class T>
struct TypeOf<Sequence<Entry<T>>> {
  static constexpr TypeSpec kSpec{Type::map, &TypeOf<T>::kSpec};
};

template <class Owner, class Value>
Owner owner_of(Value Owner::*);
template <class Owner, class Value>
Value value_of(Value Owner::*);

template <auto Member>
constexpr FieldSpec field(std::string_view name, std::string_view doc, FieldFlags flags = 0,
                          std::string_view values = {}) {
  using Owner = decltype(owner_of(Member));
  using Value = decltype(value_of(Member));
  return {name,
          doc,
          flags,
          TypeOf<Value>::kSpec,
          [](Decoder& decoder, yaml::NodeId node, void* object) {
            decoder.read(node, static_cast<Owner*>(object)->*Member);
          },
          values};
}

// An integer that must not be negative.
template <auto Member>
constexpr FieldSpec unsigned_field(std::string_view name, std::string_view doc,
                                   FieldFlags flags = 0) {
  using Owner = decltype(owner_of(Member));
  return {name,
          doc,
          static_cast<FieldFlags>(flags | kUnsigned),
          TypeSpec{Type::integer},
          [](Decoder& decoder, yaml::NodeId node, void* object) {
            decoder.read_unsigned(node, static_cast<Owner*>(object)->*Member);
          },
          {}};
}

}  // namespace stepreg::decode
