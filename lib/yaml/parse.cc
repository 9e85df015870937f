#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/check.h"
#include "base/stage.h"
#include "base/text.h"
#include "yaml/base64.h"
#include "yaml/document.h"
#include "yaml/event_reader.h"
#include "yaml/syntax_error.h"

namespace stepreg::yaml {

NodeId Document::resolved(NodeId id) const {
  while (nodes_[id].kind == Node::Kind::alias) id = nodes_[id].target;
  return id;
}

namespace {

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// The name of a type of YAML's own, as "int"; "" for any other tag.
std::string_view standard_type(std::string_view tag) {
  constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  return tag.starts_with(kPrefix) ? tag.substr(kPrefix.size()) : std::string_view();
}

// Values of these are read as plain ones are, even in quotes.
bool is_plain_type(std::string_view type) {
  return type == "int" || type == "float" || type == "bool" || type == "null";
}

// Null, after a finding, when the text is no YAML there.
const yaml_event_t* next_event(EventReader& reader, const SourceFile& file, Sink& sink) {
  const yaml_event_t* const event = reader.next();
  if (event == nullptr) report(reader.error(), file, sink);
  return event;
}

}  // namespace

// Builds the tree of one document from its events.
class Builder {
 public:
  Builder(Document& document, EventReader& reader, Sink& sink)
      : document_(document), reader_(reader), sink_(sink) {
    // Real files have one node for every 9 bytes or so.
    document_.nodes_.reserve(document.file().text().size() / 8 + 4);
  }

  // From behind the start of the document to its end. False: a finding says why there is no tree.
  bool build() {
    for (;;) {
      const yaml_event_t* const event = next_event(reader_, document_.file(), sink_);
      if (event == nullptr) return false;
      if (event->type == YAML_DOCUMENT_END_EVENT) return true;
      if (!take(*event)) return false;
    }
  }

 private:
  struct Anchor {
    NodeId node = kNoNode;
    std::uint64_t size = 0;  // nodes that an alias to it stands for
    bool complete = false;
  };
  struct Open {
    NodeId node = kNoNode;
    NodeId last_child = kNoNode;
    std::string anchor;
    std::uint64_t expanded_before = 0;
  };

  bool take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        return take_scalar(event);
      case YAML_ALIAS_EVENT:
        return take_alias(event);
      case YAML_SEQUENCE_START_EVENT:
        return open(event, Node::Kind::sequence, event.data.sequence_start.anchor);
      case YAML_MAPPING_START_EVENT:
        return open(event, Node::Kind::mapping, event.data.mapping_start.anchor);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        close();
        return true;
      default:
        CHECK(false);  // the others stand outside of documents
    }
  }

  bool fail(RuleId id, std::uint32_t offset, std::string message) {
    sink_.add(id, Place{&document_.file(), offset}, std::move(message));
    return false;
  }

  bool take_scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    const std::string_view type = standard_type(view(scalar.tag));
    const std::string_view value(reinterpret_cast<const char*>(scalar.value), scalar.length);
    const bool null = value.empty() && scalar.plain_implicit != 0;
    const NodeId id = add(event, null ? Node::Kind::null : Node::Kind::scalar);
    Node& node = document_.nodes_[id];
    node.plain = scalar.plain_implicit != 0 || is_plain_type(type);
    if (type == "binary") {
      node.text = document_.arena().keep(decode_base64(value));
    } else {
      node.text = stored(node.offset, value);
    }
    if (scalar.anchor != nullptr) anchors_[std::string(view(scalar.anchor))] = {id, 1, true};
    return true;
  }

  bool take_alias(const yaml_event_t& event) {
    const std::string name(view(event.data.alias.anchor));
    const std::uint32_t offset = reader_.offset_of(event);
    const auto anchor = anchors_.find(name);
    if (anchor == anchors_.end()) {
      return fail(rule("SR010"), offset,
                  "the alias " + in_quotes(name) + " has no anchor " + in_quotes('&' + name) +
                      " before it");
    }
    if (!anchor->second.complete) {
      return fail(rule("SR010"), offset, "an alias stands inside of what it names");
    }
    const NodeId id = add(event, Node::Kind::alias);
    document_.nodes_[id].target = anchor->second.node;
    expanded_ += anchor->second.size;
    if (expanded_ > kMaxAliasFactor * (document_.nodes_.size() + 100)) {
      return fail(rule("SR013"), offset, "aliases expand out of proportion");
    }
    return true;
  }

  // A view into the file where the text stands there as it is, else a copy.
  std::string_view stored(std::uint32_t offset, std::string_view value) {
    const std::string_view text = document_.file().text();
    for (const std::uint32_t begin : {offset, offset + 1}) {
      if (begin <= text.size() && text.substr(begin, value.size()) == value) {
        return text.substr(begin, value.size());
      }
    }
    return document_.arena().keep(value);
  }

  NodeId add(const yaml_event_t& event, Node::Kind kind) {
    const auto id = static_cast<NodeId>(document_.nodes_.size());
    Node& node = document_.nodes_.emplace_back();
    node.kind = kind;
    node.offset = reader_.offset_of(event);
    if (!open_.empty()) {
      Open& parent = open_.back();
      if (parent.last_child == kNoNode) {
        document_.nodes_[parent.node].first_child = id;
      } else {
        document_.nodes_[parent.last_child].next = id;
      }
      parent.last_child = id;
    }
    return id;
  }

  bool open(const yaml_event_t& event, Node::Kind kind, const yaml_char_t* anchor) {
    const NodeId id = add(event, kind);
    if (open_.size() >= kMaxDepth) {
      return fail(rule("SR012"), document_.nodes_[id].offset,
                  "collections are nested more than " + std::to_string(kMaxDepth) + " deep");
    }
    if (anchor != nullptr) anchors_[std::string(view(anchor))] = {id, 0, false};
    open_.push_back({id, kNoNode, std::string(view(anchor)), expanded_});
    return true;
  }

  void close() {
    const Open closed = std::move(open_.back());
    open_.pop_back();
    if (closed.anchor.empty()) return;
    Anchor& anchor = anchors_[closed.anchor];
    if (anchor.node != closed.node) return;  // the name was taken again inside
    anchor.size = document_.nodes_.size() - closed.node + (expanded_ - closed.expanded_before);
    anchor.complete = true;
  }

  Document& document_;
  EventReader& reader_;
  Sink& sink_;
  std::vector<Open> open_;
  std::unordered_map<std::string, Anchor> anchors_;
  std::uint64_t expanded_ = 0;
};

namespace {

bool is_forbidden_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

bool encoding_is_sound(const SourceFile& file, Sink& sink) {
  const std::string_view text = file.text();
  const auto control = std::find_if(text.begin(), text.end(), is_forbidden_control);
  const auto bad = static_cast<std::size_t>(control - text.begin());
  const std::size_t invalid = first_invalid_utf8(text.substr(0, bad));
  if (invalid != std::string_view::npos) {
    sink.add(rule("SR011"), Place{&file, static_cast<std::uint32_t>(invalid)},
             "the text is not UTF-8: a byte that begins no character");
    return false;
  }
  if (control != text.end()) {
    sink.add(rule("SR011"), Place{&file, static_cast<std::uint32_t>(bad)},
             "the text has a control character, " + in_quotes(text.substr(bad, 1)));
    return false;
  }
  return true;
}

// What stands behind the first document. ci-operator ignores further documents without a word; here
// they are named, but never read, so that their number costs nothing.
bool end_is_sound(EventReader& reader, const SourceFile& file, Sink& sink) {
  const yaml_event_t* const event = next_event(reader, file, sink);
  if (event == nullptr) return false;
  if (event->type == YAML_DOCUMENT_START_EVENT) {
    sink.add(rule("SR014"), Place{&file, reader.offset_of(*event)},
             "a second document begins here; it is ignored");
  }
  return true;
}

}  // namespace

std::unique_ptr<Document> parse(const SourceFile& file, Sink& sink) {
  StageMark mark(Stage::parse);
  mark.add_bytes(file.text().size());
  if (!encoding_is_sound(file, sink)) return nullptr;
  auto document = std::make_unique<Document>(file);
  EventReader reader(file.text());
  const yaml_event_t* event = next_event(reader, file, sink);
  if (event != nullptr && event->type == YAML_STREAM_START_EVENT) {
    event = next_event(reader, file, sink);
  }
  if (event == nullptr) return nullptr;
  if (event->type == YAML_STREAM_END_EVENT) return document;
  if (!Builder(*document, reader, sink).build()) return nullptr;
  if (!end_is_sound(reader, file, sink)) return nullptr;
  return document;
}

}  // namespace stepreg::yaml
