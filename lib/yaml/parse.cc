#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <streambuf>
#include <string>
#include <unordered_map>

#include "base/stage.h"
#include "base/text.h"
#include "yaml/base64.h"
#include "yaml/document.h"

namespace stepreg::yaml {

NodeId Document::resolved(NodeId id) const {
  while (nodes_[id].kind == Node::Kind::alias) id = nodes_[id].target;
  return id;
}

namespace {

// Of a file. ci-operator ignores the others without a word; here they are named (SR014), but never
// parsed, so that their number costs nothing.
constexpr unsigned kMaxDocuments = 1;

struct TooDeep {
  std::uint32_t offset;
};
struct TooManyNodes {
  std::uint32_t offset;
};
struct AliasOfItself {
  std::uint32_t offset;
};
struct TabAsIndentation {
  std::uint32_t offset;
};

// Lets yaml-cpp read from a view without a copy.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // only ever read
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

// Builds the tree from yaml-cpp's events.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(Document& document) : document_(document) {
    // Real files have one node for every 9 bytes or so.
    document_.nodes_.reserve(document.file().text().size() / 8 + 4);
    has_tabs_ = document.file().text().find('\t') != std::string_view::npos;
  }

  std::uint32_t last_offset() const { return last_offset_; }
  // Of the last scalar in quotes, or in the block or tagged style; 0 when there is none.
  std::uint32_t last_quoted() const { return last_quoted_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    finish(add(mark, Node::Kind::null, anchor), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    const auto offset = static_cast<std::uint32_t>(mark.pos);
    if (found == anchors_.end() || !found->second.complete) throw AliasOfItself{offset};
    const NodeId id = add(mark, Node::Kind::alias, 0);
    document_.nodes_[id].target = found->second.node;
    expanded_ += found->second.size;
    if (expanded_ > kMaxAliasFactor * (document_.nodes_.size() + 100)) throw TooManyNodes{offset};
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const NodeId id = add(mark, Node::Kind::scalar, anchor);
    Node& node = document_.nodes_[id];
    node.plain = tag == "?" || is_typed(tag);
    if (tag != "?") last_quoted_ = node.offset;
    if (tag == "tag:yaml.org,2002:binary") {
      node.text = document_.arena().keep(decode_base64(value));
    } else {
      node.text = stored(node.offset, value);
    }
    finish(id, anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(add(mark, Node::Kind::sequence, anchor), anchor, style);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(add(mark, Node::Kind::mapping, anchor), anchor, style);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Anchor {
    NodeId node = kNoNode;
    std::uint64_t size = 0;  // nodes that an alias to it stands for
    bool complete = false;
  };
  struct Open {
    NodeId node;
    bool flow = false;  // it, or a collection around it, is written in brackets
    NodeId last_child = kNoNode;
    YAML::anchor_t anchor = 0;
    std::size_t first_node = 0;
    std::uint64_t expanded_before = 0;
  };

  static bool is_typed(const std::string& tag) {
    constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
    if (!std::string_view(tag).starts_with(kPrefix)) return false;
    const std::string_view type = std::string_view(tag).substr(kPrefix.size());
    return type == "int" || type == "float" || type == "bool" || type == "null";
  }

  // A view into the file where the text stands there as it is, else a copy.
  std::string_view stored(std::uint32_t offset, const std::string& value) {
    const std::string_view text = document_.file().text();
    for (const std::uint32_t begin : {offset, offset + 1}) {
      if (begin <= text.size() && text.substr(begin, value.size()) == value) {
        return text.substr(begin, value.size());
      }
    }
    return document_.arena().keep(value);
  }

  NodeId add(const YAML::Mark& mark, Node::Kind kind, YAML::anchor_t anchor) {
    const auto id = static_cast<NodeId>(document_.nodes_.size());
    Node& node = document_.nodes_.emplace_back();
    node.kind = kind;
    node.offset = static_cast<std::uint32_t>(std::max(mark.pos, 0));
    last_offset_ = std::max(last_offset_, node.offset);
    if (!open_.empty()) {
      Open& parent = open_.back();
      if (has_tabs_ && !parent.flow) refuse_tabs_before(node.offset);
      if (parent.last_child == kNoNode) {
        document_.nodes_[parent.node].first_child = id;
      } else {
        document_.nodes_[parent.last_child].next = id;
      }
      parent.last_child = id;
    }
    if (anchor != 0) anchors_[anchor].node = id;
    return id;
  }

  // yaml-cpp takes a tab for a blank in places where YAML forbids it as indentation.
  void refuse_tabs_before(std::uint32_t offset) const {
    const std::string_view text = document_.file().text();
    const std::size_t line = text.rfind('\n', offset) + 1;
    if (line > offset) return;
    const std::string_view before = text.substr(line, offset - line);
    const std::size_t tab = before.find('\t');
    if (tab != std::string_view::npos && trimmed(before).empty()) {
      throw TabAsIndentation{static_cast<std::uint32_t>(line + tab)};
    }
  }

  void open(NodeId id, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    if (open_.size() >= kMaxDepth) throw TooDeep{document_.nodes_[id].offset};
    const bool flow = style == YAML::EmitterStyle::Flow || (!open_.empty() && open_.back().flow);
    open_.push_back({id, flow, kNoNode, anchor, document_.nodes_.size(), expanded_});
  }

  void close() {
    const Open closed = open_.back();
    open_.pop_back();
    if (closed.anchor == 0) return;
    Anchor& anchor = anchors_[closed.anchor];
    anchor.size =
        document_.nodes_.size() - closed.first_node + 1 + (expanded_ - closed.expanded_before);
    anchor.complete = true;
  }

  void finish(NodeId, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    anchors_[anchor].size = 1;
    anchors_[anchor].complete = true;
  }

  Document& document_;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, Anchor> anchors_;
  std::uint64_t expanded_ = 0;
  std::uint32_t last_offset_ = 0;
  std::uint32_t last_quoted_ = 0;
  bool has_tabs_ = false;
};

namespace {

// Swallows events; says whether there was any.
class Witness : public YAML::EventHandler {
 public:
  std::optional<std::uint32_t> first;

  void OnDocumentStart(const YAML::Mark& mark) override { see(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { see(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                const std::string&) override {
    see(mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    see(mark);
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    see(mark);
  }
  void OnMapEnd() override {}

 private:
  void see(const YAML::Mark& mark) {
    if (!first) first = static_cast<std::uint32_t>(std::max(mark.pos, 0));
  }
};

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

// yaml-cpp takes a quoted scalar that never ends for one that ends with the text. It is then the
// last one.
bool ends_in_open_quote(std::string_view text, std::uint32_t offset) {
  std::size_t i = offset;
  while (i < text.size() && (text[i] == '&' || text[i] == '!')) {  // properties before the scalar
    i = text.find_first_of(" \t\r\n", i);
    i = text.find_first_not_of(" \t\r\n", i);
  }
  if (i >= text.size() || (text[i] != '"' && text[i] != '\'')) return false;
  const char quote = text[i];
  for (++i; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote) return false;
      ++i;
    }
  }
  return true;
}

// A line `---` that begins another document behind `from`.
std::optional<std::uint32_t> next_document(std::string_view text, std::uint32_t from) {
  for (std::size_t at = text.find("\n---", from); at != std::string_view::npos;
       at = text.find("\n---", at + 1)) {
    const std::size_t end = at + 4;
    if (end >= text.size() || text[end] == ' ' || text[end] == '\n' || text[end] == '\r') {
      return static_cast<std::uint32_t>(at + 1);
    }
  }
  return std::nullopt;
}

void report_more(YAML::Parser& parser, const SourceFile& file, std::uint32_t last_offset,
                 Sink& sink, bool& failed) {
  if (const auto marker = next_document(file.text(), last_offset)) {
    sink.add(rule("SR014"), Place{&file, *marker}, "a second document begins here; it is ignored");
    return;
  }
  Witness witness;
  if (parser.HandleNextDocument(witness) && witness.first) {
    sink.add(rule("SR010"), Place{&file, *witness.first},
             "unexpected text behind the end of the document");
    failed = true;
  }
}

std::string lower_first(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] += 'a' - 'A';
  return text;
}

}  // namespace

std::unique_ptr<Document> parse(const SourceFile& file, Sink& sink) {
  StageMark mark(Stage::parse);
  mark.add_bytes(file.text().size());
  if (!encoding_is_sound(file, sink)) return nullptr;
  auto document = std::make_unique<Document>(file);
  Builder builder(*document);
  const auto fail = [&](std::string message, RuleId id, std::uint32_t offset) {
    sink.add(id, Place{&file, offset}, std::move(message));
    return std::unique_ptr<Document>();
  };
  try {
    ViewBuffer buffer(file.text());
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    bool failed = false;
    static_assert(kMaxDocuments == 1, "there is one tree to build");
    if (parser.HandleNextDocument(builder)) {
      if (ends_in_open_quote(file.text(), builder.last_quoted())) {
        return fail("a quote is opened here and never closed", rule("SR010"),
                    builder.last_quoted());
      }
      report_more(parser, file, builder.last_offset(), sink, failed);
    }
    if (failed) return nullptr;
  } catch (const TooDeep& deep) {
    return fail("collections are nested more than " + std::to_string(kMaxDepth) + " deep",
                rule("SR012"), deep.offset);
  } catch (const TooManyNodes& many) {
    return fail("aliases expand out of proportion", rule("SR013"), many.offset);
  } catch (const AliasOfItself& alias) {
    return fail("an alias stands inside of what it names", rule("SR010"), alias.offset);
  } catch (const TabAsIndentation& tab) {
    return fail("a tab is used as indentation", rule("SR010"), tab.offset);
  } catch (const YAML::Exception& error) {
    sink.add(rule("SR010"), Place{&file, static_cast<std::uint32_t>(std::max(error.mark.pos, 0))},
             "not YAML: " + lower_first(error.msg));
    return nullptr;
  }
  return document;
}

}  // namespace stepreg::yaml
