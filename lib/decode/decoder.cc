#include "decode/decoder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "diag/edit.h"

namespace stepreg::decode {

using yaml::Node;
using yaml::NodeId;
using yaml::Scalar;

namespace {

// Sets a value for the length of a scope.
template <class T>
class Scoped {
 public:
  Scoped(T& variable, T value) : variable_(variable), before_(std::exchange(variable, value)) {}
  ~Scoped() { variable_ = before_; }
  Scoped(const Scoped&) = delete;
  Scoped& operator=(const Scoped&) = delete;

 private:
  T& variable_;
  T before_;
};

std::string_view article_and_name(const Node& node, const Scalar& scalar) {
  switch (node.kind) {
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::mapping:
      return "a mapping";
    default:
      break;
  }
  switch (scalar.type) {
    case Scalar::Type::boolean:
      return "the boolean";
    case Scalar::Type::integer:
    case Scalar::Type::floating:
      return "the number";
    case Scalar::Type::null:
      return "null";
    case Scalar::Type::text:
      break;
  }
  return "the text";
}

const FieldSpec* find_field(const ObjectSpec& spec, std::string_view name) {
  for (const FieldSpec& field : spec.fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

const FieldSpec* find_field_ignoring_case(const ObjectSpec& spec, std::string_view name) {
  for (const FieldSpec& field : spec.fields) {
    if (equal_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

}  // namespace

// --- scalars
// ------------------------------------------------------------------------------------------

bool Decoder::is_null(NodeId node) const {
  const Node& it = document_[node];
  return it.kind == Node::Kind::null ||
         (it.kind == Node::Kind::scalar && it.plain && scalar_of(node).type == Scalar::Type::null);
}

Scalar Decoder::scalar_of(NodeId node) const {
  const Node& it = document_[node];
  if (it.kind == Node::Kind::null) return yaml::interpret("", true);
  return yaml::interpret(it.text, it.plain);
}

Node::Kind Decoder::kind_of(NodeId node) const {
  return document_[document_.resolved(node)].kind;
}

bool Decoder::expect(NodeId node, Node::Kind kind, std::string_view what) {
  if (document_[node].kind == kind) return true;
  wrong_type(node, what);
  return false;
}

Diagnostic& Decoder::add_wrong_type(NodeId node, std::string_view expected) {
  const Node& found = document_[node];
  std::string message(article_and_name(found, scalar_of(node)));
  if (found.kind == Node::Kind::scalar) message += " " + in_quotes(found.text);
  if (!field_.empty()) message += " for " + in_quotes(field_);
  message += ", where " + std::string(expected) + " is expected";
  Diagnostic& finding = sink_.add(rule("SR203"), document_.place(node), std::move(message));
  finding.subject = std::string(field_);
  return finding;
}

void Decoder::read(NodeId node, Text& value) {
  node = document_.resolved(node);
  const Node& it = document_[node];
  if (it.kind != Node::Kind::scalar) {
    if (it.kind != Node::Kind::null) wrong_type(node, "a text");
    return;
  }
  const Scalar scalar = scalar_of(node);
  if (scalar.type == Scalar::Type::null) return;
  value.place = document_.place(node);
  if (scalar.type == Scalar::Type::text || as_written_) {
    value.value = it.text;
    return;
  }
  if (exact_) {
    Diagnostic& finding = add_wrong_type(node, "a text");
    finding.hint = "put it in quotes";
    finding.fix = Fix::safe;
    finding.edits.push_back(quote_token(std::exchange(value.place, {}), it.text));
    return;
  }
  const std::string converted = yaml::converted_to_text(scalar, it.text);
  value.value = converted == it.text ? it.text : document_.arena().keep(converted);
  const bool changed = converted != it.text;
  const RuleId id = changed ? rule("SR213") : rule("SR214");
  if (!sink_.wants(id)) return;
  std::string message(article_and_name(it, scalar));
  message += " " + in_quotes(it.text) + (field_.empty() ? "" : " for " + in_quotes(field_));
  message += changed ? " becomes the text " + in_quotes(converted) : " becomes a text";
  Diagnostic& finding = sink_.add(id, value.place, std::move(message));
  finding.subject = std::string(field_);
  finding.hint = changed ? "write \"" + converted + "\" to keep today's value, or \"" +
                               std::string(it.text) + "\" if that was meant"
                         : "put it in quotes";
  finding.fix = Fix::safe;
  finding.edits.push_back(quote_token(value.place, converted));
}

void Decoder::read(NodeId node, Flag& value) {
  node = document_.resolved(node);
  if (is_null(node)) return;
  const Scalar scalar = scalar_of(node);
  if (document_[node].kind != Node::Kind::scalar || scalar.type != Scalar::Type::boolean) {
    return wrong_type(node, "`true` or `false`");
  }
  value.place = document_.place(node);
  value.value = scalar.boolean;
}

void Decoder::read(NodeId node, Integer& value) {
  node = document_.resolved(node);
  if (is_null(node)) return;
  const Scalar scalar = scalar_of(node);
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  constexpr double kMaxExact = 9e15;  // a double is exact up to 2^53
  if (scalar.type == Scalar::Type::floating && std::abs(scalar.floating) <= kMaxExact &&
      scalar.floating == std::trunc(scalar.floating)) {
    value.value = static_cast<std::int64_t>(scalar.floating);
  } else if (scalar.type == Scalar::Type::floating && !std::isfinite(scalar.floating)) {
    sink_.add(rule("SR210"), document_.place(node),
              in_quotes(document_[node].text) + " is not a number that can be counted with");
    return;
  } else if (scalar.type == Scalar::Type::integer && scalar.magnitude <= kMax) {
    const auto magnitude = static_cast<std::int64_t>(scalar.magnitude);
    value.value = scalar.negative ? -magnitude : magnitude;
  } else {
    return wrong_type(node, "a whole number");
  }
  value.place = document_.place(node);
}

void Decoder::read_unsigned(NodeId node, Integer& value) {
  Integer number;
  read(node, number);
  if (!number.present()) return;
  if (number.value < 0)
    return wrong_type(document_.resolved(node), "a number that is not negative");
  value = number;
}

// --- mappings
// -----------------------------------------------------------------------------------------

bool Decoder::key_text(NodeId key, Text& text) {
  key = document_.resolved(key);
  const Node& it = document_[key];
  const Place place = document_.place(key);
  if (it.kind != Node::Kind::scalar || is_null(key)) {
    sink_.add(rule("SR018"), place, "a key must be a text");
    return false;
  }
  const Scalar scalar = scalar_of(key);
  const std::string converted = yaml::converted_to_text(scalar, it.text);
  text.value = converted == it.text ? it.text : document_.arena().keep(converted);
  text.place = place;
  return true;
}

void Decoder::report_repeated(const Pair& earlier, const Pair& later, bool merged) {
  if (strictness_ == Strictness::silent) return;
  const RuleId id = strictness_ == Strictness::lenient ? rule("SR016")
                    : merged                           ? rule("SR017")
                                                       : rule("SR015");
  std::string message = "the key " + in_quotes(*later.key) +
                        (merged ? " is set by `<<` as well" : " stands here a second time");
  if (strictness_ == Strictness::lenient) message += "; the last one wins";
  Diagnostic& finding = sink_.add(id, later.key.place, std::move(message));
  finding.subject = std::string(*later.key);
  finding.notes.push_back({Location::of(earlier.key.place), "first here"});
}

void Decoder::append_merged(NodeId value, std::vector<Pair>& merged) {
  value = document_.resolved(value);
  if (document_[value].kind == Node::Kind::sequence) {
    for (NodeId child = document_[value].first_child; child != yaml::kNoNode;
         child = document_[child].next) {
      append_merged(child, merged);
    }
    return;
  }
  if (!expect(value, Node::Kind::mapping, "a mapping to merge")) return;
  for (const Pair& pair : pairs_of(value)) {
    const bool known = std::any_of(merged.begin(), merged.end(),
                                   [&](const Pair& p) { return *p.key == *pair.key; });
    if (!known) merged.push_back(pair);  // the first of several sources wins
  }
}

std::vector<Decoder::Pair> Decoder::pairs_of(NodeId mapping) {
  // Small mappings are searched, larger ones get an index: 10,000 keys must not be quadratic.
  constexpr std::size_t kSmall = 16;
  std::vector<Pair> pairs;
  std::vector<Pair> merged;
  std::unordered_map<std::string_view, std::size_t> index;
  const auto position_of = [&](std::string_view key) -> std::size_t {
    if (index.empty()) {
      for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (*pairs[i].key == key) return i;
      }
      return pairs.size();
    }
    const auto found = index.find(key);
    return found == index.end() ? pairs.size() : found->second;
  };
  for (NodeId key = document_[mapping].first_child; key != yaml::kNoNode;) {
    const NodeId value = document_[key].next;
    Pair pair{{}, value};
    const Node& it = document_[key];
    if (it.kind == Node::Kind::scalar && it.plain && it.text == "<<") {
      append_merged(value, merged);
    } else if (key_text(key, pair.key)) {
      const std::size_t at = position_of(*pair.key);
      if (at < pairs.size()) {
        report_repeated(pairs[at], pair, false);
        pairs[at] = pair;
      } else {
        pairs.push_back(pair);
        if (pairs.size() == kSmall + 1) {
          for (std::size_t i = 0; i < pairs.size(); ++i) index.emplace(*pairs[i].key, i);
        } else if (pairs.size() > kSmall) {
          index.emplace(*pair.key, at);
        }
      }
    }
    key = document_[value].next;
  }
  for (const Pair& pair : merged) {
    const std::size_t at = position_of(*pair.key);
    if (at < pairs.size()) {
      report_repeated(pair, pairs[at], true);
    } else {
      pairs.push_back(pair);
    }
  }
  return pairs;
}

bool Decoder::read_field(const ObjectSpec& spec, const Pair& pair, void* object) {
  const FieldSpec* field = find_field(spec, *pair.key);
  if (field == nullptr && spec.embedded != nullptr && find_field(spec.embedded(), *pair.key)) {
    const Scoped<bool> exact(exact_, true);
    if (spec.note_embedded != nullptr) spec.note_embedded(object, pair.key);
    return read_field(spec.embedded(), pair, spec.embedded_in(object));
  }
  if (field == nullptr) return false;
  if (field->flags & kExtension) {
    sink_
        .add(rule("SR215"), pair.key.place,
             in_quotes(*pair.key) + " is understood by stepreg only; ci-operator refuses the file")
        .subject = std::string(*pair.key);
  }
  if (field->flags & kOldForm) {
    note_old_form(pair.key.place, in_quotes(*pair.key) + " is of an older schema");
  }
  const Scoped<std::string_view> name(field_, field->name);
  const Scoped<bool> exact(exact_, exact_ || (field->flags & kExact) != 0);
  const Scoped<bool> as_written(as_written_, (field->flags & kAsWritten) != 0);
  field->read(*this, pair.value, object);
  return true;
}

void Decoder::note_old_form(Place place, std::string message) {
  sink_.add(rule("SR211"), place, std::move(message));
}

namespace {

// Every name that may stand in the object and is not in `used`.
std::vector<std::string_view> unused_names(const ObjectSpec& spec,
                                           const std::unordered_set<std::string_view>& used) {
  std::vector<std::string_view> names;
  const auto append = [&](const ObjectSpec& each) {
    for (const FieldSpec& field : each.fields) {
      if (!used.contains(field.name)) names.push_back(field.name);
    }
  };
  append(spec);
  if (spec.embedded != nullptr) append(spec.embedded());
  return names;
}

const ObjectSpec::Removed* find_removed(const ObjectSpec& spec, std::string_view name) {
  for (const ObjectSpec* each : {&spec, spec.embedded ? &spec.embedded() : nullptr}) {
    if (each == nullptr) continue;
    for (const ObjectSpec::Removed& removed : each->removed) {
      if (removed.name == name) return &removed;
    }
  }
  return nullptr;
}

}  // namespace

void Decoder::unknown_field(const ObjectSpec& spec, const Pair& pair,
                            const std::vector<std::string_view>& unused) {
  if (strictness_ == Strictness::silent) return;
  const bool strict = strictness_ == Strictness::strict;
  const ObjectSpec::Removed* removed = find_removed(spec, *pair.key);
  const RuleId id = strict ? rule("SR201") : removed ? rule("SR204") : rule("SR202");
  if (!sink_.wants(id)) return;
  std::string message = in_quotes(*pair.key) + " is no field of a " + std::string(spec.name);
  if (removed != nullptr) message += " any more";
  if (!strict) message += "; it is ignored";
  Diagnostic& finding = sink_.add(id, pair.key.place, std::move(message));
  finding.subject = std::string(*pair.key);
  if (removed != nullptr) {
    finding.hint = std::string(removed->advice);
    return;
  }
  suggest(finding, pair.key.place, *pair.key, unused);
}

void Decoder::read_mapping(NodeId node, const ObjectSpec& spec, void* object) {
  const std::vector<Pair> pairs = pairs_of(node);
  std::vector<Pair> odd;  // in another letter case, or unknown
  for (const Pair& pair : pairs) {
    if (!read_field(spec, pair, object)) odd.push_back(pair);
  }
  if (odd.empty()) return;
  std::unordered_set<std::string_view> used;
  for (const Pair& pair : pairs) used.insert(*pair.key);
  const std::vector<std::string_view> unused = unused_names(spec, used);
  // Spellings in other cases are applied in byte order; the exact one has won already when it is
  // there.
  std::sort(odd.begin(), odd.end(), [](const Pair& a, const Pair& b) { return *a.key < *b.key; });
  for (Pair& pair : odd) {
    const FieldSpec* field = find_field_ignoring_case(spec, *pair.key);
    if (field == nullptr && spec.embedded != nullptr) {
      field = find_field_ignoring_case(spec.embedded(), *pair.key);
    }
    if (field == nullptr) {
      unknown_field(spec, pair, unused);
      continue;
    }
    if (strictness_ != Strictness::silent) {
      Diagnostic& finding =
          sink_.add(rule("SR212"), pair.key.place,
                    in_quotes(*pair.key) + " is written " + in_quotes(field->name));
      finding.subject = std::string(*pair.key);
      finding.fix = Fix::safe;
      finding.edits.push_back(replace_token(pair.key.place, std::string(field->name)));
    }
    const bool exact_is_there = std::any_of(pairs.begin(), pairs.end(),
                                            [&](const Pair& p) { return *p.key == field->name; });
    if (exact_is_there) continue;
    pair.key.value = field->name;
    read_field(spec, pair, object);
  }
}

}  // namespace stepreg::decode
