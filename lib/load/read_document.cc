#include "load/read_document.h"

#include "base/stage.h"
#include "load/document_cache.h"
#include "yaml/pack.h"

namespace stepreg::load {

namespace {

// Null when the cache must not, or cannot, be asked about this file.
DocumentCache* cache_for(const FileTree& files, const std::string& path,
                         const ReplacedText* replaced) {
  return replaced != nullptr && replaced->path == files.shown(path) ? nullptr : files.cache();
}

std::unique_ptr<SourceFile> source_of(const FileTree& files, const std::string& path,
                                      KeptFile& kept, StageMark& mark) {
  mark.add_bytes(kept.text.size());
  return std::make_unique<SourceFile>(files.shown(path), std::move(kept.text));
}

ReadDocument parsed(std::unique_ptr<SourceFile> source, Sink& sink) {
  ReadDocument read;
  read.document = yaml::parse(*source, sink);
  read.source = std::move(source);
  return read;
}

// Only what was found in order is kept: a finding is made by parsing.
void keep(DocumentCache& cache, const std::string& path, const FileStamp& stamp,
          const ReadDocument& read) {
  if (!read.document) return;
  if (const auto packed = yaml::pack(*read.document)) {
    cache.keep(path, stamp, read.source->text(), *packed);
  }
}

}  // namespace

ReadDocument read_document(const FileTree& files, const std::string& path,
                           const ReplacedText* replaced, Sink& sink) {
  DocumentCache* cache = cache_for(files, path, replaced);
  const auto stamp = cache == nullptr ? std::nullopt : files.stamp(path);
  if (stamp) {
    StageMark mark(Stage::read);
    if (auto kept = cache->find(path, *stamp)) {
      ReadDocument read;
      read.source = source_of(files, path, *kept, mark);
      read.document = yaml::unpack(*read.source, kept->document);
      if (read.document) return read;
    }
  }
  Sink own = sink.empty_copy();
  ReadDocument read;
  read.source = read_or_replace(files, path, replaced, own);
  if (read.source) {
    const std::string packed =
        stamp ? cache->find_document(path, *stamp, read.source->text()) : std::string();
    if (!packed.empty()) read.document = yaml::unpack(*read.source, packed);
    if (!read.document) {
      read = parsed(std::move(read.source), own);
      if (stamp && own.untouched()) keep(*cache, path, *stamp, read);
    }
  }
  sink.merge(std::move(own));
  return read;
}

std::unique_ptr<SourceFile> read_text(const FileTree& files, const std::string& path,
                                      const ReplacedText* replaced, Sink& sink) {
  DocumentCache* cache = cache_for(files, path, replaced);
  const auto stamp = cache == nullptr ? std::nullopt : files.stamp(path);
  if (stamp) {
    StageMark mark(Stage::read);
    if (auto kept = cache->find(path, *stamp)) return source_of(files, path, *kept, mark);
  }
  Sink own = sink.empty_copy();
  auto source = read_or_replace(files, path, replaced, own);
  if (source && stamp && own.untouched()) cache->keep(path, *stamp, source->text(), "");
  sink.merge(std::move(own));
  return source;
}

}  // namespace stepreg::load
