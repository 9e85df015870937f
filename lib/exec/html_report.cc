#include "exec/html_report.h"

#include <algorithm>
#include <cstdio>

#include "base/fs.h"
#include "base/text.h"
#include "base/xml.h"
#include "exec/log_excerpt.h"
#include "exec/reports.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kExcerptLines = 60;

constexpr const char* kStyle = R"(
:root { --bg: #fff; --fg: #1c2024; --soft: #60646c; --line: #d9d9e0; --band: #f5f5f8;
  --pass: #2b7a4b; --fail: #c62f2f; --skip: #8b8d98; --note: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --bg: #111113; --fg: #edeef0; --soft: #b0b4ba;
  --line: #363a3f; --band: #1b1c1f; --pass: #55b47e; --fail: #ff7b72; --skip: #80838d;
  --note: #e2b340; } }
body { background: var(--bg); color: var(--fg); font: 15px/1.5 system-ui, sans-serif;
  margin: 0 auto; max-width: 72rem; padding: 1.5rem; }
h1 { font-size: 1.4rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.soft { color: var(--soft); } .PASS { color: var(--pass); } .FAIL { color: var(--fail); }
.SKIPPED, .NOT_RUN { color: var(--skip); } .note { color: var(--note); }
.badge { border: 1px solid; border-radius: .3rem; font-weight: 600; padding: .1rem .5rem; }
dl { display: grid; gap: .2rem 1rem; grid-template-columns: max-content 1fr; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th { color: var(--soft); font-weight: 500; text-align: left; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .6rem .25rem 0;
  vertical-align: top; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
a { color: inherit; }
.scroll { overflow-x: auto; }
.time { display: grid; gap: 2px 1rem; grid-template-columns: minmax(8rem, 16rem) 1fr; }
.time div { min-width: 0; } .label { overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.track { background: var(--band); position: relative; height: 1.3rem; }
.bar { background: currentColor; border-radius: 2px; height: 100%; min-width: 2px;
  position: absolute; }
.meter { background: var(--band); border-radius: 2px; display: inline-block; height: .5rem;
  margin-right: .5rem; width: 6rem; } .meter i { background: currentColor; border-radius: 2px;
  display: block; height: 100%; }
pre { background: var(--band); margin: .3rem 0 1rem; overflow-x: auto; padding: .7rem; }
summary { cursor: pointer; }
)";

std::string percent(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f%%", std::clamp(value, 0.0, 1.0) * 100);
  return text;
}

std::string span(std::string_view css, std::string_view text) {
  return "<span class=\"" + std::string(css) + "\">" + xml_escaped(text) + "</span>";
}

std::string row(std::string_view name, const std::string& html) {
  return "<dt>" + xml_escaped(name) + "</dt><dd>" + html + "</dd>\n";
}

std::string time_text(const std::optional<WallTime>& time) {
  return time ? iso_micros(*time).substr(0, 10) + " " + iso_micros(*time).substr(11, 8) + " UTC"
              : "unknown";
}

const char* result_class(const std::string& result) {
  if (result == "SUCCESS") return "PASS";
  return result == "SKIPPED" || result == "STOPPED" ? "SKIPPED" : "FAIL";
}

std::string cause_html(const CauseView& cause) {
  std::string html = "<b>" + xml_escaped(cause.kind) + "</b>";
  if (!cause.step.empty()) html += " in " + xml_escaped(cause.phase + "/" + cause.step);
  if (!cause.text.empty()) html += ": " + xml_escaped(cause.text);
  return html;
}

std::string verdict_html(const std::string& verdict) {
  const bool good = verdict == "clean" || verdict == "not_needed";
  return span(good ? "PASS" : "FAIL", verdict.empty() ? "open" : verdict);
}

std::string leases_html(const ResultView& result) {
  std::string html;
  for (const LeaseReport& lease : result.leases) {
    if (!html.empty()) html += "<br>";
    html += xml_escaped(lease.env + " = " + join(lease.names, " ") + " (" + lease.type +
                        ", waited " + short_seconds(lease.waited_s) + ")");
    if (!lease.release_error.empty()) html += " " + span("FAIL", lease.release_error);
  }
  return html;
}

std::string head_html(const RunView& view) {
  const ResultView& result = view.result;
  const std::string title = result.job.empty() ? view.dir.id() : result.job;
  const std::string outcome = result.result.empty() ? "not finished" : result.result;
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
      xml_escaped(title) + ": " + xml_escaped(outcome) + "</title>\n<style>" + kStyle +
      "</style>\n</head>\n<body>\n<h1>" + xml_escaped(title) + "</h1>\n<p>" +
      span(std::string("badge ") + result_class(result.result), outcome);
  if (view.life == RunLife::died) html += " " + span("badge FAIL", "executor gone");
  html += "</p>\n<dl>\n" + row("run", xml_escaped(view.dir.id()));
  if (result.exit_code) html += row("exit code", std::to_string(*result.exit_code));
  html += row("cleanup", verdict_html(result.cleanup));
  html += row("created", time_text(created_at(view.dir)));
  html += row("total", short_seconds(result.total_s));
  if (!result.host.empty()) html += row("host", xml_escaped(result.host));
  if (result.resumed) html += row("resumed", "cleanup was finished by another executor");
  if (!result.leases.empty()) html += row("leases", leases_html(result));
  for (const CauseView& cause : result.causes) html += row("cause", cause_html(cause));
  for (const std::string& warning : result.warnings) {
    html += row("warning", span("note", warning));
  }
  return html + "</dl>\n";
}

std::string step_title(const StepRecord& step) {
  return std::string(plan::phase_name(step.phase)) + "/" + step.name;
}

std::string outcome_html(const StepRecord& step) {
  std::string html = span(step_status_name(step.status), step_status_name(step.status));
  if (step.tolerated) html += " " + span("soft", "tolerated");
  return html;
}

std::string timeline_html(const ResultView& result) {
  std::optional<WallTime> begin;
  std::optional<WallTime> end;
  for (const StepRecord& step : result.steps) {
    if (!step.started || !step.ended) continue;
    begin = begin ? std::min(*begin, *step.started) : *step.started;
    end = end ? std::max(*end, *step.ended) : *step.ended;
  }
  if (!begin) return "";
  const double total = std::max(epoch_seconds(*end) - epoch_seconds(*begin), 0.001);
  std::string html = "<h2>Timeline</h2>\n<p class=\"soft\">" + time_text(begin) + " to " +
                     time_text(end) + ", " + short_seconds(total) + "</p>\n<div class=\"time\">\n";
  for (const StepRecord& step : result.steps) {
    if (!step.started || !step.ended) continue;
    const double left = (epoch_seconds(*step.started) - epoch_seconds(*begin)) / total;
    const double width = (epoch_seconds(*step.ended) - epoch_seconds(*step.started)) / total;
    const std::string title = xml_escaped(step_title(step));
    html += "<div class=\"label\" title=\"" + title + "\">" + title +
            "</div><div class=\"track\"><div class=\"bar " + step_status_name(step.status) +
            "\" style=\"left:" + percent(left) + ";width:" + percent(width) + "\" title=\"" +
            title + ": " + short_seconds(step.duration_s) + "\"></div></div>\n";
  }
  return html + "</div>\n";
}

// The share of its limit that a step used.
std::string limit_html(const StepRecord& step) {
  if (!step.limit.effective_s) return step.started ? span("soft", "no limit") : std::string();
  const double limit = *step.limit.effective_s;
  const double share = limit > 0 ? step.duration_s / limit : 1;
  const char* css = share >= 0.85 ? "FAIL" : "PASS";
  std::string html = step.started ? "<span class=\"meter " + std::string(css) +
                                        "\"><i style=\"width:" + percent(share) + "\"></i></span>"
                                  : std::string();
  html += xml_escaped(short_seconds(limit));
  if (!step.limit.origin.empty()) html += " " + span("soft", step.limit.origin);
  return html;
}

std::string steps_html(const ResultView& result) {
  std::string html =
      "<h2>Steps</h2>\n<div class=\"scroll\"><table>\n<tr><th>#</th><th>Step</th>"
      "<th>Outcome</th><th>Duration</th><th>Limit</th><th>Reason</th></tr>\n";
  for (const StepRecord& step : result.steps) {
    const std::string number = std::to_string(step.n);
    const std::string reason = step.reason.empty() ? cause_name(step.cause) : step.reason;
    html += "<tr><td class=\"number\">" + number + "</td><td>";
    html += step.log.empty()
                ? xml_escaped(step_title(step))
                : "<a href=\"#log-" + number + "\">" + xml_escaped(step_title(step)) + "</a>";
    html += "</td><td>" + outcome_html(step) + "</td><td class=\"number\">" +
            (step.started ? short_seconds(step.duration_s) : "") + "</td><td class=\"number\">" +
            limit_html(step) + "</td><td>" + xml_escaped(reason) + "</td></tr>\n";
  }
  html += "</table></div>\n";
  if (result.observers.empty()) return html;
  html +=
      "<h2>Observers</h2>\n<table>\n<tr><th>Name</th><th>Outcome</th><th>Duration</th>"
      "<th>Reason</th></tr>\n";
  for (const ObserverRecord& observer : result.observers) {
    const char* status = step_status_name(observer.status);
    html += "<tr><td>" + xml_escaped(observer.name) + "</td><td>" + span(status, status) +
            "</td><td class=\"number\">" + short_seconds(observer.duration_s) + "</td><td>" +
            xml_escaped(observer.reason) + "</td></tr>\n";
  }
  return html + "</table>\n";
}

std::string logs_html(const RunView& view) {
  std::string html = "<h2>Logs</h2>\n";
  for (const StepRecord& step : view.result.steps) {
    if (step.log.empty()) continue;
    const LogExcerpt excerpt =
        read_log_excerpt(join_path(view.dir.path(), step.log), kExcerptLines);
    html += "<details id=\"log-" + std::to_string(step.n) + "\"" +
            (step.status == StepStatus::fail ? " open" : "") + "><summary>" +
            xml_escaped(step_title(step)) + " " + outcome_html(step) + " " +
            span("soft", std::to_string(step.log_bytes) + " bytes, " + step.log) + "</summary>\n";
    for (const UserStatusReport& status : step.user_status) {
      html += "<div class=\"note\">" + time_text(status.at) + " " + xml_escaped(status.note) +
              "</div>\n";
    }
    html += "<pre>";
    if (excerpt.bytes_before > 0) {
      html += span("soft", "... " + std::to_string(excerpt.bytes_before) + " bytes before ...");
      html += "\n";
    }
    for (const std::string& line : excerpt.lines) html += xml_escaped(line) + "\n";
    html += "</pre></details>\n";
  }
  return html;
}

}  // namespace

std::string html_report(const RunView& view) {
  return head_html(view) + timeline_html(view.result) + steps_html(view.result) + logs_html(view) +
         "</body>\n</html>\n";
}

}  // namespace stepreg::exec
