#include "render/findings.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/parallel.h"
#include "base/stage.h"
#include "base/text.h"
#include "render/formats.h"

namespace stepreg {

namespace {

constexpr std::array<std::string_view, 10> kNames{"full",       "concise", "json",   "jsonl",
                                                  "sarif",      "github",  "gitlab", "junit",
                                                  "checkstyle", "rdjson"};

// What is printed at once: findings, then files behind all of them and before those of the next.
struct Part {
  std::span<const Diagnostic> findings;
  std::span<const PackedFindings> files;
};

std::vector<Part> parts_of(const Report& report) {
  constexpr std::size_t kFindings = 512, kFiles = 64;
  std::vector<Part> parts;
  std::span<const Diagnostic> findings = report.findings;
  std::span<const PackedFindings> files = report.packed.files;
  while (!findings.empty() || !files.empty()) {
    std::size_t count = 0;
    while (count < std::min(findings.size(), kFindings) &&
           (files.empty() || findings[count].at.path < files.front().path)) {
      ++count;
    }
    Part& part = parts.emplace_back();
    part.findings = findings.first(count);
    findings = findings.subspan(count);
    count = 0;
    while (count < std::min(files.size(), kFiles) &&
           (findings.empty() || files[count].path <= findings.front().at.path)) {
      ++count;
    }
    part.files = files.first(count);
    files = files.subspan(count);
  }
  return parts;
}

std::string concise_text(const Part& part, const RenderOptions& options) {
  std::string text = formats::concise(part.findings, options);
  for (const PackedFindings& file : part.files) text += formats::concise(file, options);
  return text;
}

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
  CHECK(report.packed.files.empty());
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
  const std::vector<Part> parts = parts_of(report);
  std::vector<std::string> texts(parts.size());
  constexpr std::size_t kWindow = 32;
  parallel_ordered(
      parts.size(), options.jobs, kWindow,
      [&](std::size_t i) { texts[i] = concise_text(parts[i], options); },
      [&](std::size_t i) {
        out(texts[i]);
        texts[i] = {};
      });
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
