#include "diag/suppression_comment.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace stepreg {

namespace {

constexpr std::string_view kMarker = "stepreg:";
constexpr std::array<std::string_view, 3> kWords{"ignore", "ignore-block", "ignore-file"};

std::uint32_t offset_of(std::size_t position) {
  return static_cast<std::uint32_t>(position);
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// Whether the marker at `marker` begins a comment; `hash` becomes the place of its `#`.
bool begins_comment(std::string_view text, std::size_t marker, std::size_t& hash) {
  std::size_t i = marker;
  while (i > 0 && is_blank(text[i - 1])) --i;
  if (i == 0 || text[i - 1] != '#') return false;
  hash = i - 1;
  return hash == 0 || is_blank(text[hash - 1]) || text[hash - 1] == '\n';
}

bool is_blank_or_comment(std::string_view line) {
  const std::string_view content = trimmed(line);
  return content.empty() || content.front() == '#';
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

std::uint32_t line_count(const SourceFile& file) {
  return file.line_column(offset_of(file.text().size())).line;
}

// The first line from `line` on that has content; 0 when there is none.
std::uint32_t next_content_line(const SourceFile& file, std::uint32_t line) {
  const std::uint32_t last = line_count(file);
  while (line <= last && is_blank_or_comment(file.line_text(line))) ++line;
  return line <= last ? line : 0;
}

bool closes_shell_block(std::string_view line) {
  constexpr std::array<std::string_view, 5> kClosers{"}", "fi", "done", "esac", ")"};
  const std::string_view content = trimmed(line);
  return std::find(kClosers.begin(), kClosers.end(), content) != kClosers.end();
}

std::uint32_t block_end(const SourceFile& file, std::uint32_t first) {
  const std::uint32_t last = line_count(file);
  const std::string_view head = file.line_text(first);
  const std::size_t indent = indentation(head);
  const bool is_item = head.substr(indent).starts_with("- ");
  std::uint32_t end = first;
  for (std::uint32_t line = first + 1; line <= last; ++line) {
    const std::string_view text = file.line_text(line);
    if (is_blank_or_comment(text)) continue;
    const std::size_t here = indentation(text);
    const bool item_of_key = here == indent && !is_item && text.substr(here).starts_with("-");
    if (here <= indent && !item_of_key) {
      if (here == indent && closes_shell_block(text)) end = line;
      break;
    }
    end = line;
  }
  return end;
}

class CommentReader {
 public:
  CommentReader(const SourceFile& file, Sink& sink) : file_(file), sink_(sink) {}

  std::optional<SuppressionComment> read(std::size_t hash, std::size_t marker) {
    const std::string_view text = file_.text();
    comment_ = {};
    comment_.file = &file_;
    comment_.begin = offset_of(hash);
    comment_.end = offset_of(std::min(text.find('\n', marker), text.size()));
    if (comment_.end > comment_.begin && text[comment_.end - 1] == '\r') --comment_.end;
    std::size_t at = marker + kMarker.size();
    while (at < comment_.end && is_blank(text[at])) ++at;
    const std::string_view word = word_at(at);
    if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) return malformed(at, word);
    if (!read_list(at, word)) return std::nullopt;
    set_lines(word);
    return std::move(comment_);
  }

 private:
  std::string_view word_at(std::size_t at) const {
    const std::string_view rest = file_.text().substr(at, comment_.end - at);
    return rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz-_"));
  }

  Diagnostic& complain(RuleId rule, std::size_t at, std::size_t length, std::string message) {
    Diagnostic& finding = sink_.add(rule, Place{&file_, offset_of(at)}, std::move(message));
    finding.at.end_line = finding.at.line;
    finding.at.end_column = finding.at.column + static_cast<std::uint32_t>(length);
    finding.component = file_.path();
    return finding;
  }

  std::optional<SuppressionComment> malformed(std::size_t at, std::string_view word) {
    const std::string seen = word.empty() ? std::string("nothing that is known") : in_quotes(word);
    Diagnostic& finding = complain(
        rule("SR903"), word.empty() ? comment_.begin : at, std::max<std::size_t>(1, word.size()),
        "a comment for stepreg says " + seen +
            "; expected `ignore[...]`, `ignore-block[...]` or `ignore-file[...]`");
    const std::string_view guess = best_guess(word, kWords);
    if (!guess.empty()) finding.hint = "did you mean " + in_quotes(guess) + "?";
    finding.subject = std::string(word);
    return std::nullopt;
  }

  bool read_list(std::size_t at, std::string_view word) {
    const std::string_view text = file_.text();
    const std::size_t open = at + word.size();
    if (open >= comment_.end || text[open] != '[') {
      return refuse(at, word, "names no rules",
                    "write " + in_quotes(std::string(word) + "[RULE] reason"));
    }
    const std::size_t close = text.substr(0, comment_.end).find(']', open);
    if (close == std::string_view::npos) {
      return refuse(at, word, "has a list without an end", "close it with `]`");
    }
    comment_.list_begin = offset_of(open + 1);
    comment_.list_end = offset_of(close);
    comment_.reason = std::string(trimmed(text.substr(close + 1, comment_.end - close - 1)));
    const std::string_view list = text.substr(open + 1, close - open - 1);
    if (trimmed(list).empty()) {
      return refuse(at, word, "names no rules", "put names of rules between the brackets");
    }
    for (const std::string_view part : split(list, ',')) read_name(part);
    return true;
  }

  bool refuse(std::size_t at, std::string_view word, std::string_view what, std::string hint) {
    Diagnostic& finding =
        complain(rule("SR903"), at, word.size(), in_quotes(word) + " " + std::string(what));
    finding.hint = std::move(hint);
    finding.subject = std::string(word);
    return false;
  }

  void read_name(std::string_view part) {
    const std::string_view name = trimmed(part);
    const std::size_t at =
        static_cast<std::size_t>((name.empty() ? part : name).data() - file_.text().data());
    RuleId found{0};
    if (find_rule(name, found)) {
      comment_.names.push_back({found, offset_of(at), false});
      return;
    }
    Diagnostic& finding = complain(rule("SR902"), at, std::max<std::size_t>(1, name.size()),
                                   name.empty() ? "an empty name between commas names no rule"
                                                : "there is no rule " + in_quotes(name));
    finding.subject = std::string(name);
    const std::string_view guess = guess_rule(name);
    if (name.empty() || guess.empty()) {
      finding.hint = "`stepreg rules` lists the rules";
      return;
    }
    finding.hint = "did you mean " + in_quotes(guess) + "?";
    finding.fix = Fix::unsafe;
    finding.edits.push_back(
        {file_.path(), offset_of(at), offset_of(name.size()), std::string(guess), false});
  }

  void set_lines(std::string_view word) {
    const LineColumn place = file_.line_column(comment_.begin);
    const std::string_view line = file_.line_text(place.line);
    comment_.alone = is_blank_or_comment(line);
    if (word == "ignore-file") {
      comment_.first_line = 0;
      comment_.last_line = UINT32_MAX;
      return;
    }
    // A comment at the end of the file covers nothing; line 0 would be the file as a whole.
    comment_.first_line = place.line;
    if (comment_.alone) comment_.first_line = next_content_line(file_, place.line + 1);
    if (comment_.first_line == 0) comment_.first_line = UINT32_MAX;
    comment_.last_line = comment_.first_line;
    if (word == "ignore-block" && comment_.first_line != UINT32_MAX) {
      comment_.last_line = block_end(file_, comment_.first_line);
    }
  }

  const SourceFile& file_;
  Sink& sink_;
  SuppressionComment comment_;
};

}  // namespace

std::vector<SuppressionComment> suppression_comments(const SourceFile& file, Sink& sink) {
  std::vector<SuppressionComment> comments;
  const std::string_view text = file.text();
  CommentReader reader(file, sink);
  for (std::size_t at = text.find(kMarker); at != std::string_view::npos;
       at = text.find(kMarker, at + kMarker.size())) {
    std::size_t hash = 0;
    if (!begins_comment(text, at, hash)) continue;
    if (auto comment = reader.read(hash, at)) comments.push_back(std::move(*comment));
  }
  return comments;
}

}  // namespace stepreg
