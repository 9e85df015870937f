#include "stepreg/stdin_config.h"

#include <cstdio>

#include "load/read.h"

namespace stepreg::tools {

std::unique_ptr<load::LoadedConfig> read_stdin_config(const load::Project& project,
                                                      const std::string& name, Sink& sink) {
  std::string text;
  char buffer[1 << 16];
  // One byte more than allowed, so that the reader of texts sees that it is too much.
  while (text.size() <= load::kMaxFileBytes) {
    const std::size_t count = std::fread(buffer, 1, sizeof buffer, stdin);
    if (count == 0) break;
    text.append(buffer, count);
  }
  auto source = load::make_source(std::move(text), name, sink);
  if (!source) return nullptr;
  const std::string root = project.configs_root + "/";
  const std::string path = name.starts_with(root) ? name.substr(root.size()) : name;
  return load::decode_config_text(std::move(source), path, sink);
}

}  // namespace stepreg::tools
