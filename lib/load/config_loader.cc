#include "load/config_loader.h"

#include "base/fs.h"
#include "decode/files.h"
#include "load/read_document.h"

namespace stepreg::load {

ConfigIdentity identity_of_path(std::string_view path) {
  ConfigIdentity identity;
  identity.repo = base_name(parent_path(path));
  identity.org = base_name(parent_path(parent_path(path)));
  std::string_view stem = base_name(path);
  stem = stem.substr(0, stem.rfind('.'));
  const std::string start = identity.org + "-" + identity.repo + "-";
  if (stem.starts_with(start)) stem.remove_prefix(start.size());
  const std::size_t variant = stem.rfind("__");
  if (variant != std::string_view::npos) {
    identity.variant = stem.substr(variant + 2);
    stem = stem.substr(0, variant);
  }
  identity.branch = stem;
  return identity;
}

std::string LoadedConfig::test_id(std::string_view test) const {
  std::string id;
  id.reserve(identity.org.size() + identity.repo.size() + identity.branch.size() +
             identity.variant.size() + test.size() + std::string_view("/@__:").size());
  id.append(identity.org).append("/").append(identity.repo).append("@").append(identity.branch);
  if (!identity.variant.empty()) id.append("__").append(identity.variant);
  return id.append(":").append(test);
}

namespace {

// Does a key of the top level stand in one of these lines?
bool leaves_tests(const SourceFile& source, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t line = first; line <= last; ++line) {
    const std::string_view text = source.line_text(line);
    if (!text.empty() && std::string_view(" \t-#\r").find(text[0]) == text.npos) return true;
  }
  return false;
}

// What was found while reading belongs to the test around it; "" when there is none.
std::string id_at(const LoadedConfig& loaded, const Location& at) {
  const TestEntry* around = nullptr;
  std::uint32_t first = 0;
  for (const Located<TestEntry>& test : loaded.config.tests) {
    const std::uint32_t line = test.place.line_column().line;
    if (!test.place || line > at.line) break;
    around = &*test;
    first = line;
  }
  if (around == nullptr || leaves_tests(*loaded.source, first + 1, at.line)) return "";
  return loaded.test_id(*around->as);
}

}  // namespace

namespace {

std::unique_ptr<LoadedConfig> decode_document(ReadDocument read, std::string path, Sink own,
                                              Sink& sink) {
  auto loaded = std::make_unique<LoadedConfig>();
  loaded->path = std::move(path);
  loaded->source = std::move(read.source);
  loaded->document = std::move(read.document);
  if (loaded->document) decode::decode_config(*loaded->document, own, loaded->config);
  const Metadata& metadata = *loaded->config.metadata;
  if (metadata.org->empty()) {
    loaded->identity = identity_of_path(loaded->path);
  } else {
    loaded->identity = {std::string(*metadata.org), std::string(*metadata.repo),
                        std::string(*metadata.branch), std::string(*metadata.variant)};
  }
  own.name_components([&](const Diagnostic& finding) { return id_at(*loaded, finding.at); });
  sink.merge(std::move(own));
  return loaded;
}

}  // namespace

std::unique_ptr<LoadedConfig> decode_config_text(std::unique_ptr<SourceFile> source,
                                                 std::string path, Sink& sink) {
  Sink own = sink.empty_copy();
  ReadDocument read;
  read.document = yaml::parse(*source, own);
  read.source = std::move(source);
  return decode_document(std::move(read), std::move(path), std::move(own), sink);
}

std::unique_ptr<LoadedConfig> load_config(const FileTree& files, const std::string& path,
                                          Sink& sink, const ReplacedText* replaced) {
  Sink own = sink.empty_copy();
  ReadDocument read = read_document(files, path, replaced, own);
  if (read.source) return decode_document(std::move(read), path, std::move(own), sink);
  sink.merge(std::move(own));
  return nullptr;
}

}  // namespace stepreg::load
