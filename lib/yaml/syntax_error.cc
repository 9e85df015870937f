#include "yaml/syntax_error.h"

#include <array>
#include <cstdio>

#include "base/text.h"

namespace stepreg::yaml {

namespace {

// libyaml's words (scanner.c and parser.c of 0.2.5) and ours. The first entry that fits is taken.
struct Wording {
  std::string_view context;  // empty: any
  std::string_view problem;
  std::string_view message;
  std::string_view hint = {};
  std::string_view beginning = {};  // what begins at the context, for a note there
  bool stands_at_context = false;
};

constexpr std::array kWordings = {
    Wording{"while scanning a quoted scalar", "found unexpected end of stream",
            "a quote is opened here and never closed", "", "", true},
    Wording{"while scanning a quoted scalar", "found unexpected document indicator",
            "a quote is opened here and not closed before the document ends", "", "", true},
    Wording{"while scanning a simple key", "could not find expected ':'",
            "not YAML: a key without `:` behind it",
            "write `key: value`; a text of several lines needs `|` behind its key", "", true},
    Wording{
        "", "mapping values are not allowed in this context",
        "not YAML: a `:` that makes no key here",
        "if it belongs to the value, put the value in quotes; if a key begins in this line, look "
        "at its indentation and at the line above"},
    Wording{"", "block sequence entries are not allowed in this context",
            "not YAML: a `-` that begins no item of a list here",
            "begin the list in a line of its own below its key"},
    Wording{"while parsing a flow sequence", "did not find expected ',' or ']'",
            "not YAML: `,` or `]` is expected here", "", "the list begins here"},
    Wording{"while parsing a flow mapping", "did not find expected ',' or '}'",
            "not YAML: `,` or `}` is expected here", "", "the mapping begins here"},
    Wording{"while parsing a flow node", "did not find expected node content",
            "not YAML: a value or the closing bracket is expected here"},
    Wording{"while parsing a block mapping", "did not find expected key",
            "not YAML: a key is expected here",
            "keys of one mapping are indented alike; a text in quotes ends with its closing quote",
            "the mapping begins here"},
    Wording{"while parsing a block collection", "did not find expected '-' indicator",
            "not YAML: a `-` is expected here", "items of one list are indented alike",
            "the list begins here"},
    Wording{"", "did not find expected <document start>",
            "unexpected text behind the end of the document"},
    Wording{"while parsing a quoted scalar", "found unknown escape character",
            "not YAML: an escape that texts in double quotes do not have",
            "write `\\\\` for a backslash, or use single quotes"},
};

const Wording* wording_of(const ReadError& error) {
  for (const Wording& each : kWordings) {
    const bool same_context = each.context.empty() || each.context == error.context;
    if (same_context && error.problem.starts_with(each.problem)) return &each;
  }
  return nullptr;
}

void report_character(const ReadError& error, const SourceFile& file, Sink& sink) {
  char code_point[16];
  std::snprintf(code_point, sizeof code_point, "U+%04X", error.forbidden);
  sink.add(rule("SR011"), Place{&file, error.offset},
           std::string("the text has a character that YAML forbids, ") + code_point);
}

constexpr std::string_view kStartsNoToken = "found character that cannot start any token";

bool report_tab(const ReadError& error, const SourceFile& file, Sink& sink) {
  const bool at_tab = file.text().substr(error.offset).starts_with('\t');
  const bool is_tab = error.problem.starts_with("found a tab character") ||
                      (error.problem == kStartsNoToken && at_tab);
  if (!is_tab) return false;
  sink.add(rule("SR010"), Place{&file, error.offset}, "a tab is used as indentation").hint =
      "indent with blanks";
  return true;
}

bool report_start_of_token(const ReadError& error, const SourceFile& file, Sink& sink) {
  if (error.problem != kStartsNoToken) return false;
  sink.add(rule("SR010"), Place{&file, error.offset},
           "not YAML: a text cannot begin with " + in_quotes(file.text().substr(error.offset, 1)))
      .hint = "put it in quotes";
  return true;
}

bool report_merge_conflict(const ReadError& error, const SourceFile& file, Sink& sink) {
  if (error.context != "while scanning a simple key") return false;
  const std::string_view line = file.text().substr(error.context_offset);
  if (!line.starts_with("<<<<<<<") && !line.starts_with("=======") &&
      !line.starts_with(">>>>>>>")) {
    return false;
  }
  sink.add(rule("SR010"), Place{&file, error.context_offset},
           "not YAML: git left a merge conflict here")
      .hint = "choose between the two sides and remove the three lines of markers";
  return true;
}

// A list or mapping in brackets that goes on to the end of the text.
bool report_open_bracket(const ReadError& error, const SourceFile& file, Sink& sink) {
  if (!error.context.starts_with("while parsing a flow ")) return false;
  if (error.context_offset >= file.text().size()) return false;
  const std::string_view opened = file.text().substr(error.context_offset, 1);
  if (opened != "[" && opened != "{") return false;
  if (!trimmed(file.text().substr(error.offset)).empty()) return false;
  sink.add(rule("SR010"), Place{&file, error.context_offset},
           "not YAML: " + in_quotes(opened) + " is opened here and never closed");
  return true;
}

}  // namespace

void report(const ReadError& error, const SourceFile& file, Sink& sink) {
  if (error.forbidden != 0) return report_character(error, file, sink);
  if (report_tab(error, file, sink) || report_start_of_token(error, file, sink) ||
      report_merge_conflict(error, file, sink) || report_open_bracket(error, file, sink)) {
    return;
  }
  const Wording* const wording = wording_of(error);
  if (wording == nullptr) {
    std::string message = "not YAML: " + error.problem;
    if (!error.context.empty()) message += ' ' + error.context;
    sink.add(rule("SR010"), Place{&file, error.offset}, std::move(message));
    return;
  }
  const Place context{&file, error.context_offset};
  const Place place = wording->stands_at_context ? context : Place{&file, error.offset};
  Diagnostic& finding = sink.add(rule("SR010"), place, std::string(wording->message));
  finding.hint = wording->hint;
  if (!wording->beginning.empty()) {
    finding.notes.push_back({Location::of(context), std::string(wording->beginning)});
  }
}

}  // namespace stepreg::yaml
