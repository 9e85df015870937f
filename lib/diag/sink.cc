#include "diag/sink.h"

#include <algorithm>
#include <iterator>

namespace stepreg {

SeverityTable::SeverityTable(Profile profile) : profile_(profile) {
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    severities_[i] = severity_in(RuleId(i).info(), profile);
  }
}

Diagnostic& Sink::add(RuleId id, Place place, std::string message) {
  return add(id, wants(id) ? Location::of(place) : Location{}, std::move(message));
}

Diagnostic& Sink::add_for_file(RuleId id, std::string path, std::string message) {
  return add(id, Location::of_file(std::move(path)), std::move(message));
}

Diagnostic& Sink::add(RuleId id, Location at, std::string message) {
  const bool wanted = wants(id);
  touched_ = true;
  if (!wanted) unwanted_.clear();
  Diagnostic& finding = (wanted ? findings_ : unwanted_).emplace_back(id);
  finding.severity = severities_->of(id);
  finding.at = std::move(at);
  finding.message = std::move(message);
  return finding;
}

bool Sink::has_errors() const {
  return std::any_of(findings_.begin(), findings_.end(),
                     [](const Diagnostic& each) { return each.severity == Severity::error; });
}

std::vector<std::string> Sink::errors() const {
  std::vector<std::string> messages;
  for (const Diagnostic& finding : findings_) {
    if (finding.severity == Severity::error) messages.push_back(finding.message);
  }
  return messages;
}

void Sink::merge(Sink&& other) {
  touched_ = touched_ || other.touched_;
  restore(other.take());
}

void Sink::restore(std::vector<Diagnostic>&& findings) {
  touched_ = touched_ || !findings.empty();
  if (findings_.empty()) {
    findings_.swap(findings);
    return;
  }
  findings_.insert(findings_.end(), std::make_move_iterator(findings.begin()),
                   std::make_move_iterator(findings.end()));
}

}  // namespace stepreg
