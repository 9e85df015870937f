#include "load/read.h"

#include "base/fs.h"
#include "base/gzip.h"
#include "base/stage.h"
#include "load/utf16.h"

namespace stepreg::load {

namespace {

// `read_path` is what an error begins with; the finding shows a path anyway.
std::unique_ptr<SourceFile> from_content(Result<std::string> content, const std::string& read_path,
                                         std::string shown_path, Sink& sink) {
  if (content) return make_source(std::move(*content), std::move(shown_path), sink);
  const bool large = content.error().code == Error::Code::too_large;
  std::string reason = content.error().text;
  if (reason.starts_with(read_path + ": ")) reason.erase(0, read_path.size() + 2);
  sink.add_for_file(large ? rule("SR004") : rule("SR002"), std::move(shown_path),
                    std::move(reason));
  return nullptr;
}

std::unique_ptr<SourceFile> counted_in(StageMark& mark, std::unique_ptr<SourceFile> source) {
  if (source) mark.add_bytes(source->text().size());
  return source;
}

}  // namespace

std::unique_ptr<SourceFile> read_source(const std::string& path, std::string shown_path,
                                        Sink& sink) {
  StageMark mark(Stage::read);
  return counted_in(
      mark, from_content(read_file(path, kMaxFileBytes), path, std::move(shown_path), sink));
}

std::unique_ptr<SourceFile> read_source(const FileTree& files, const std::string& path,
                                        Sink& sink) {
  StageMark mark(Stage::read);
  const std::string shown = files.shown(path);
  return counted_in(mark, from_content(files.read(path, kMaxFileBytes), shown, shown, sink));
}

std::unique_ptr<SourceFile> read_or_replace(const FileTree& files, const std::string& path,
                                            const ReplacedText* replaced, Sink& sink) {
  if (replaced != nullptr && replaced->path == files.shown(path)) {
    return make_source(replaced->text, replaced->path, sink);
  }
  return read_source(files, path, sink);
}

std::unique_ptr<SourceFile> make_source(std::string content, std::string shown_path, Sink& sink) {
  if (is_gzip(content)) {
    auto plain = gunzip(content, kMaxFileBytes);
    if (!plain) {
      sink.add_for_file(rule("SR003"), std::move(shown_path),
                        "starts like gzip but cannot be decompressed")
          .hint = "it is damaged, or larger than " + std::to_string(kMaxFileBytes) +
                  " bytes when it is decompressed";
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
