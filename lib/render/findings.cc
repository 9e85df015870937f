#include "render/findings.h"

#include <algorithm>
#include <array>

#include "base/stage.h"
#include "base/text.h"
#include "render/formats.h"

namespace stepreg {

namespace {

constexpr std::array<std::string_view, 10> kNames{"full",       "concise", "json",   "jsonl",
                                                  "sarif",      "github",  "gitlab", "junit",
                                                  "checkstyle", "rdjson"};

}  // namespace

std::span<const std::string_view> findings_format_names() {
  return kNames;
}

std::optional<FindingsFormat> findings_format(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<FindingsFormat>(found - kNames.begin());
}

FindingsFormat automatic_findings_format(bool in_github_actions) {
  return in_github_actions ? FindingsFormat::github : FindingsFormat::full;
}

bool is_for_people(FindingsFormat format) {
  return format == FindingsFormat::full || format == FindingsFormat::concise ||
         format == FindingsFormat::github;
}

std::string render_findings(FindingsFormat format, const Report& report,
                            const RenderOptions& options) {
  const StageMark mark(Stage::render);
  switch (format) {
    case FindingsFormat::full:
      return formats::full(report, options);
    case FindingsFormat::concise:
      return formats::concise(report.findings, options);
    case FindingsFormat::json:
      return formats::json(report);
    case FindingsFormat::jsonl:
      return formats::jsonl(report);
    case FindingsFormat::sarif:
      return formats::sarif(report);
    case FindingsFormat::github:
      return formats::github(report);
    case FindingsFormat::gitlab:
      return formats::gitlab(report);
    case FindingsFormat::junit:
      return formats::junit(report, options);
    case FindingsFormat::checkstyle:
      return formats::checkstyle(report);
    case FindingsFormat::rdjson:
      break;
  }
  return formats::rdjson(report);
}

void render_findings(FindingsFormat format, const Report& report, const RenderOptions& options,
                     const std::function<void(std::string_view)>& out) {
  if (format != FindingsFormat::concise) return out(render_findings(format, report, options));
  const StageMark mark(Stage::render);
  constexpr std::size_t kPiece = 256;
  for (std::span<const Diagnostic> rest = report.findings; !rest.empty();
       rest = rest.subspan(std::min(kPiece, rest.size()))) {
    out(formats::concise(rest.first(std::min(kPiece, rest.size())), options));
  }
}

std::string summary_line(const Report& report) {
  const FindingCounts counts = count_findings(report);
  std::vector<std::string> parts;
  if (counts.errors > 0) parts.push_back(counted(counts.errors, "error"));
  if (counts.warnings > 0) parts.push_back(counted(counts.warnings, "warning"));
  if (counts.infos > 0) parts.push_back(counted(counts.infos, "info"));
  std::string line =
      parts.empty() ? "no findings" : join(parts, ", ") + " in " + counted(counts.files, "file");
  line += "; " + counted(report.files_checked, "file") + " checked";
  if (counts.ignored > 0) line += "; " + std::to_string(counts.ignored) + " ignored by comments";
  if (counts.baselined > 0) line += "; " + std::to_string(counts.baselined) + " in the baseline";
  if (!report.complete) line += "; incomplete because of an internal error";
  return line;
}

}  // namespace stepreg
