// One function per format, for findings.cc only.
#pragma once

#include <string>

#include "diag/report.h"
#include "render/findings.h"

namespace stepreg::formats {

std::string full(const Report& report, const RenderOptions& options);
std::string concise(std::span<const Diagnostic> findings, const RenderOptions& options);
std::string concise(const PackedFindings& packed, const RenderOptions& options);
std::string json(const Report& report);
std::string jsonl(const Report& report);
std::string sarif(const Report& report);
std::string github(const Report& report);
std::string gitlab(const Report& report);
std::string junit(const Report& report, const RenderOptions& options);
std::string checkstyle(const Report& report);
std::string rdjson(const Report& report);

}  // namespace stepreg::formats
