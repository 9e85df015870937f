#include "diag/suppression.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "diag/suppression_comment.h"

namespace stepreg {

namespace {

using FindingsByPath = std::map<std::string_view, std::vector<Diagnostic*>>;

void cover(SuppressionComment& comment, const std::vector<Diagnostic*>& findings) {
  for (Diagnostic* finding : findings) {
    if (finding->at.line < comment.first_line || finding->at.line > comment.last_line) continue;
    for (SuppressionComment::Name& name : comment.names) {
      if (name.rule != finding->rule) continue;
      name.used = true;
      finding->state = Diagnostic::State::ignored;
      if (finding->state_reason.empty()) finding->state_reason = comment.reason;
    }
  }
}

// The text without the comment: its whole line when it stands alone there.
Edit removal(const SuppressionComment& comment) {
  const std::string_view text = comment.file->text();
  std::uint32_t begin = comment.begin;
  std::uint32_t end = comment.end;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  if (begin == 0 || text[begin - 1] == '\n') {
    if (end < text.size() && text[end] == '\r') ++end;
    if (end < text.size() && text[end] == '\n') ++end;
  }
  return {comment.file->path(), begin, end - begin, "", false};
}

// The text with only the names that are still of use.
Edit shortened(const SuppressionComment& comment, const std::vector<std::string>& kept) {
  return {comment.file->path(), comment.list_begin, comment.list_end - comment.list_begin,
          join(kept, ", "), false};
}

std::string_view written_name(const SuppressionComment& comment,
                              const SuppressionComment::Name& name) {
  const std::string_view rest =
      comment.file->text().substr(name.offset, comment.list_end - name.offset);
  return trimmed(rest.substr(0, rest.find(',')));
}

void report_unused(const SuppressionComment& comment, const RuleSet& undecided, Sink& sink) {
  std::vector<std::string> kept;
  std::vector<std::string> unused;
  const SuppressionComment::Name* first = nullptr;
  for (const SuppressionComment::Name& name : comment.names) {
    const std::string_view written = written_name(comment, name);
    if (name.used || undecided[name.rule.index()] || !sink.wants(name.rule)) {
      kept.emplace_back(written);
      continue;
    }
    if (first == nullptr) first = &name;
    unused.push_back(in_quotes(written));
  }
  if (first == nullptr) return;
  Diagnostic& finding = sink.add(rule("SR901"), Place{comment.file, first->offset},
                                 join(unused, ", ") + (unused.size() == 1 ? " is" : " are") +
                                     " not found here; nothing to ignore");
  finding.hint = kept.empty() ? "remove the comment" : "remove the name from the list";
  finding.at.end_line = finding.at.line;
  finding.at.end_column =
      finding.at.column + static_cast<std::uint32_t>(written_name(comment, *first).size());
  finding.component = comment.file->path();
  finding.subject = join(unused, ", ");
  finding.fix = Fix::safe;
  finding.edits.push_back(kept.empty() ? removal(comment) : shortened(comment, kept));
}

void report_reason(const SuppressionComment& comment, Sink& sink) {
  if (!comment.reason.empty() || comment.names.empty()) return;
  Diagnostic& finding =
      sink.add(rule("SR904"), Place{comment.file, comment.begin}, "a suppression without a reason");
  finding.hint = "say behind the bracket why it is right here";
  finding.component = comment.file->path();
  finding.subject = std::string(written_name(comment, comment.names.front()));
}

}  // namespace

void apply_suppressions(std::span<const SourceFile* const> files, const RuleSet& undecided,
                        std::vector<Diagnostic>& findings, Sink& sink) {
  FindingsByPath by_path;  // made when there is a comment
  for (const SourceFile* file : files) {
    std::vector<SuppressionComment> comments = suppression_comments(*file, sink);
    if (comments.empty()) continue;
    if (by_path.empty()) {
      for (Diagnostic& finding : findings) by_path[finding.at.path].push_back(&finding);
    }
    const auto found = by_path.find(file->path());
    for (SuppressionComment& comment : comments) {
      if (found != by_path.end()) cover(comment, found->second);
      report_unused(comment, undecided, sink);
      report_reason(comment, sink);
    }
  }
}

bool may_have_suppressions(const SourceFile& file) {
  return file.text().find("stepreg:") != std::string_view::npos;
}

}  // namespace stepreg
