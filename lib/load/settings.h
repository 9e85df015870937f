// The settings of a project: found, read, checked.
#pragma once

#include <memory>
#include <string>

#include "diag/sink.h"
#include "model/settings.h"
#include "yaml/document.h"

namespace stepreg::load {

inline constexpr std::string_view kSettingsName = ".stepreg.yaml";

struct LoadedSettings {
  std::string path;       // "" when there is no file
  std::string directory;  // of the file, as the user would write it; "" for the working directory
  Settings settings;
  std::unique_ptr<SourceFile> source;
  std::unique_ptr<yaml::Document> document;

  // A path of the settings as seen from the working directory.
  std::string resolve(std::string_view path_in_settings) const;
};

// The nearest `.stepreg.yaml` in the working directory or above; "" when there is none.
std::string find_settings();

// Reads `path` ("" gives empty settings). Mistakes are reported as findings of the usual rules.
std::unique_ptr<LoadedSettings> load_settings(const std::string& path, Sink& sink);
// The same for a text that is there already; null gives empty settings.
std::unique_ptr<LoadedSettings> decode_settings_text(std::unique_ptr<SourceFile> source,
                                                     std::string directory, Sink& sink);

}  // namespace stepreg::load
