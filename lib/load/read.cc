#include "load/read.h"

#include "base/fs.h"
#include "base/gzip.h"
#include "load/utf16.h"

namespace stepreg::load {

std::unique_ptr<SourceFile> read_source(const std::string& path, std::string shown_path,
                                        Sink& sink) {
  Result<std::string> content = read_file(path, kMaxFileBytes);
  if (content) return make_source(std::move(*content), std::move(shown_path), sink);
  const bool large = content.error().code == Error::Code::too_large;
  // The error begins with the path, which the finding shows anyway.
  std::string reason = content.error().text;
  if (reason.starts_with(path + ": ")) reason.erase(0, path.size() + 2);
  sink.add_for_file(large ? rule("SR004") : rule("SR002"), std::move(shown_path),
                    std::move(reason));
  return nullptr;
}

std::unique_ptr<SourceFile> read_or_replace(const std::string& path, const ReplacedText* replaced,
                                            Sink& sink) {
  if (replaced != nullptr && replaced->path == path) return make_source(replaced->text, path, sink);
  return read_source(path, path, sink);
}

std::unique_ptr<SourceFile> make_source(std::string content, std::string shown_path, Sink& sink) {
  if (is_gzip(content)) {
    auto plain = gunzip(content, kMaxFileBytes);
    if (!plain) {
      sink.add_for_file(rule("SR003"), std::move(shown_path),
                        "starts like gzip but cannot be decompressed");
      return nullptr;
    }
    content = std::move(*plain);
  }
  if (content.starts_with("\xEF\xBB\xBF")) content.erase(0, 3);
  if (content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF")) {
    auto converted = utf16_to_utf8(content);
    if (!converted) {
      sink.add_for_file(rule("SR011"), std::move(shown_path),
                        "begins like UTF-16 but is not UTF-16");
      return nullptr;
    }
    content = std::move(*converted);
  }
  return std::make_unique<SourceFile>(std::move(shown_path), std::move(content));
}

}  // namespace stepreg::load
