#include "load/settings.h"

#include <unistd.h>

#include "base/fs.h"
#include "decode/decoder.h"
#include "decode/tables.h"
#include "load/read.h"

namespace stepreg::load {

std::string LoadedSettings::resolve(std::string_view path_in_settings) const {
  if (path_in_settings.empty() || path_in_settings.front() == '/')
    return std::string(path_in_settings);
  return join_path(directory, path_in_settings);
}

std::string find_settings() {
  const std::string here = real_path(".");
  if (here.empty()) return "";
  std::string relative;  // "", "../", "../../", ...
  for (std::string_view absolute = here;; absolute = parent_path(absolute)) {
    std::string candidate = relative + std::string(kSettingsName);
    if (path_exists(candidate)) return candidate;
    if (absolute.empty() || absolute == "/") return "";
    relative += "../";
  }
}

std::unique_ptr<LoadedSettings> load_settings(const std::string& path, Sink& sink) {
  if (path.empty()) return std::make_unique<LoadedSettings>();
  auto loaded =
      decode_settings_text(read_source(path, path, sink), std::string(parent_path(path)), sink);
  loaded->path = path;
  return loaded;
}

std::unique_ptr<LoadedSettings> decode_settings_text(std::unique_ptr<SourceFile> source,
                                                     std::string directory, Sink& sink) {
  auto loaded = std::make_unique<LoadedSettings>();
  loaded->directory = std::move(directory);
  loaded->source = std::move(source);
  if (!loaded->source) return loaded;
  loaded->path = loaded->source->path();
  loaded->document = yaml::parse(*loaded->source, sink);
  if (loaded->document) {
    decode::Decoder(*loaded->document, decode::Strictness::strict, sink)
        .read_root(loaded->settings);
  }
  return loaded;
}

}  // namespace stepreg::load
