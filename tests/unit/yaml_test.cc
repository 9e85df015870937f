#include "yaml/document.h"

#include <doctest/doctest.h>

#include <string>

using namespace stepreg;

namespace {

struct Parsed {
  explicit Parsed(std::string text) : file("a.yaml", std::move(text)) {
    document = yaml::parse(file, sink);
  }
  std::string codes() const {
    std::string all;
    for (const Diagnostic& finding : sink.findings()) {
      all += std::string(finding.rule.info().code) + "@" + std::to_string(finding.at.line) + ":" +
             std::to_string(finding.at.column) + " ";
    }
    return all;
  }
  SeverityTable severities{Profile::recommended};
  Sink sink{severities};
  SourceFile file;
  std::unique_ptr<yaml::Document> document;
};

std::string first_finding(std::string text) {
  const Parsed parsed(std::move(text));
  if (parsed.sink.findings().empty()) return "";
  const std::string message = parsed.sink.findings().front().message;
  const std::string codes = parsed.codes();
  return codes.substr(0, codes.find(' ') + 1) + message;
}

std::string codes_of(std::string text) {
  return Parsed(std::move(text)).codes();
}

}  // namespace

TEST_CASE("nodes know where they stand") {
  const Parsed parsed("ref:\n  as: \"a-b\"\n  from: [x, y]\n");
  REQUIRE(parsed.document != nullptr);
  const yaml::Document& document = *parsed.document;
  const yaml::NodeId key = document[document.root()].first_child;
  const yaml::NodeId inner = document[document[key].next].first_child;
  CHECK(document[inner].text == "as");
  CHECK(document.place(inner).line_column().line == 2);
  const yaml::NodeId value = document[inner].next;
  CHECK(document[value].text == "a-b");
  CHECK_FALSE(document[value].plain);
  CHECK(document.place(value).line_column().column == 7);
}

TEST_CASE("an empty text is an empty document") {
  const Parsed parsed("");
  REQUIRE(parsed.document != nullptr);
  CHECK(parsed.document->empty());
  CHECK(codes_of("# only a comment\n").empty());
}

TEST_CASE("what is not YAML is said with its place") {
  struct Case {
    const char* text;
    const char* expected;
  };
  const Case cases[] = {
      {"ref:\n\tas: a\n", "SR010@2:1 a tab is used as indentation"},
      {"ref:\n  as: |\n\ta\n", "SR010@3:1 a tab is used as indentation"},
      {"a: |x\n",
       "SR010@1:5 not YAML: did not find expected comment or line break while scanning a "
       "block scalar"},
      {"a: |0\n  b\n",
       "SR010@1:5 not YAML: found an indentation indicator equal to 0 while scanning "
       "a block scalar"},
      {"a: [1, 2\n", "SR010@1:4 not YAML: `[` is opened here and never closed"},
      {"a: {b: c\n", "SR010@1:4 not YAML: `{` is opened here and never closed"},
      {"a: [1, 2\nb: c\n", "SR010@2:2 not YAML: `,` or `]` is expected here"},
      {"a: [1,\n", "SR010@2:1 not YAML: a value or the closing bracket is expected here"},
      {"a: 'open\n", "SR010@1:4 a quote is opened here and never closed"},
      {"a: é\nb: \"open\n", "SR010@2:4 a quote is opened here and never closed"},
      {"a: \"x\n---\nb: y\"\n",
       "SR010@1:4 a quote is opened here and not closed before the document ends"},
      {"a: 'it's'\n", "SR010@1:8 not YAML: a key is expected here"},
      {"a: b\nc\n", "SR010@2:1 not YAML: a key without `:` behind it"},
      {"a: b\nc\nd: e\n", "SR010@2:1 not YAML: a key without `:` behind it"},
      {"a: b: c\n", "SR010@1:5 not YAML: a `:` that makes no key here"},
      {"a: - b\n", "SR010@1:4 not YAML: a `-` that begins no item of a list here"},
      {"a:\n  - b\n c: d\n", "SR010@3:2 not YAML: a key is expected here"},
      {"a: b\n]\n", "SR010@2:1 not YAML: a key is expected here"},
      {"a: @b\n", "SR010@1:4 not YAML: a text cannot begin with `@`"},
      {"a: \"\\d\"\n", "SR010@1:5 not YAML: an escape that texts in double quotes do not have"},
      {"a: *b\n", "SR010@1:4 the alias `b` has no anchor `&b` before it"},
      {"a: &a [*a]\n", "SR010@1:8 an alias stands inside of what it names"},
      {"a: !b!c d\n", "SR010@1:4 not YAML: found undefined tag handle while parsing a node"},
      {"a: b\n<<<<<<< HEAD\nc: d\n", "SR010@2:1 not YAML: git left a merge conflict here"},
      {"[a]\nb\n", "SR010@2:1 unexpected text behind the end of the document"},
      {"a: \xff\n", "SR011@1:4 the text is not UTF-8: a byte that begins no character"},
      {"a: \x01\n", "SR011@1:4 the text has a control character, `\\x01`"},
      {"é: \xc2\x81\n", "SR011@1:5 the text has a character that YAML forbids, U+0081"},
      {"a: b\n---\nc: [\n", "SR014@2:1 a second document begins here; it is ignored"},
      {"---\na: b\n", ""},
      {"a: b\n...\n# end\n", ""},
      {"a: |\n  x\n  --- y\n", ""},
      {"a: b\t# a tab behind a value\n", ""},
      {"a: &x [&x b, *x]\nc: *x\n", ""},  // an anchor taken again inside of itself
  };
  for (const Case& each : cases) CHECK(first_finding(each.text) == each.expected);
}

TEST_CASE("empty values stand right behind what they belong to") {
  const Parsed parsed("é:\n# é\nb: &x\nc:\n- \n- d\n");
  REQUIRE(parsed.document != nullptr);
  const yaml::Document& document = *parsed.document;
  std::string places;
  for (yaml::NodeId id = 1; id <= 8; ++id) {
    if (document[id].kind != yaml::Node::Kind::null) continue;
    const LineColumn at = document.place(id).line_column();
    places += std::to_string(at.line) + ":" + std::to_string(at.column) + " ";
  }
  CHECK(places == "1:4 3:4 5:2 ");
}

TEST_CASE("hostile texts end soon") {
  CHECK(codes_of(std::string(10000, '[')) != "");
  std::string nested;
  for (int i = 0; i < 10000; ++i)
    nested += std::string(static_cast<std::size_t>(i % 300), ' ') + "- \n";
  CHECK_NOTHROW(codes_of(nested));
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) bomb += before + ", ";
    bomb += "x]\n";
  }
  CHECK(codes_of(bomb).starts_with("SR013"));
  CHECK(codes_of("a: &a [*a]\n").starts_with("SR010"));
}
