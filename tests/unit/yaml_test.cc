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
  CHECK(codes_of("ref:\n\tas: a\n") == "SR010@2:1 ");
  CHECK(codes_of("a: [1, 2\n") != "");
  CHECK(codes_of("a: 'open\n") != "");
  CHECK(codes_of("a: b\n]\n") != "");
  CHECK(codes_of("a: \xff\n") == "SR011@1:4 ");
  CHECK(codes_of("a: \x01\n") == "SR011@1:4 ");
  CHECK(codes_of("a: b\n---\nc: d\n") == "SR014@2:1 ");
  CHECK(codes_of("---\na: b\n").empty());
  CHECK(codes_of("a: |\n  x\n  --- y\n").empty());
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
