#include "load/read_document.h"

#include "base/stage.h"
#include "load/file_cache.h"
#include "yaml/pack.h"

namespace stepreg::load {

namespace {

// What the cache of the tree may know of a file.
struct Known {
  FileCache* cache = nullptr;
  std::optional<FileStamp> stamp;  // taken before the file is read; without it nothing is known
  std::optional<KeptFile> kept;    // when it is still the same
};

Known ask_cache(const FileTree& files, const std::string& path, const ReplacedText* replaced) {
  Known known;
  const bool is_replaced = replaced != nullptr && replaced->path == files.shown(path);
  if (is_replaced || files.cache() == nullptr) return known;
  StageMark mark(Stage::read);
  known.cache = files.cache();
  known.stamp = files.stamp(path);
  if (known.stamp) known.kept = known.cache->find(path, *known.stamp);
  if (known.kept) mark.add_bytes(known.kept->text.size());
  return known;
}

std::unique_ptr<SourceFile> kept_source(const FileTree& files, const std::string& path,
                                        const Known& known) {
  return std::make_unique<SourceFile>(files.shown(path), known.kept->text, known.cache->mapping());
}

// Only what was found in order is kept: a finding is made by parsing.
void keep(FileCache& cache, const std::string& path, const FileStamp& stamp,
          const ReadDocument& read) {
  if (!read.document) return;
  if (const auto packed = yaml::pack(*read.document)) {
    const std::string_view text = read.source->text();
    cache.keep(path, stamp, text, *packed, text.size());
  }
}

}  // namespace

ReadDocument read_document(const FileTree& files, const std::string& path,
                           const ReplacedText* replaced, Sink& sink) {
  Known known = ask_cache(files, path, replaced);
  ReadDocument read;
  if (known.kept) {
    read.source = kept_source(files, path, known);
    read.document = yaml::unpack(*read.source, known.kept->made);
    if (read.document) return read;
  }
  Sink own = sink.empty_copy();
  read.source = read_or_replace(files, path, replaced, own);
  if (read.source) {
    const std::string packed =
        known.stamp ? known.cache->find_made(path, *known.stamp, read.source->text()) : "";
    if (!packed.empty()) read.document = yaml::unpack(*read.source, packed);
    if (!read.document) {
      read.document = yaml::parse(*read.source, own);
      if (known.stamp && own.untouched()) keep(*known.cache, path, *known.stamp, read);
    }
  }
  sink.merge(std::move(own));
  return read;
}

std::unique_ptr<SourceFile> read_text(const FileTree& files, const std::string& path,
                                      const ReplacedText* replaced, Sink& sink) {
  Known known = ask_cache(files, path, replaced);
  if (known.kept) {
    return kept_source(files, path, known);
  }
  Sink own = sink.empty_copy();
  auto source = read_or_replace(files, path, replaced, own);
  if (source && known.stamp && own.untouched()) {
    const std::string_view text = source->text();
    known.cache->keep(path, *known.stamp, text, "", text.size());
  }
  sink.merge(std::move(own));
  return source;
}

}  // namespace stepreg::load
