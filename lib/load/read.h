// From a path to a text that can be parsed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "diag/sink.h"
#include "load/file_tree.h"
#include "source/source_file.h"

namespace stepreg::load {

// Larger than any file that belongs into a registry (the largest real one has about 1 MB), small
// enough that a stray file cannot exhaust the memory.
inline constexpr std::uint64_t kMaxFileBytes = 16U << 20;

// Text files of trees: gzip is undone, a byte order mark removed, UTF-16 converted. Problems become
// SR002, SR003, SR004 or SR011, and the result is null. `shown_path` is what findings say.
std::unique_ptr<SourceFile> read_source(const std::string& path, std::string shown_path,
                                        Sink& sink);

std::unique_ptr<SourceFile> read_source(const FileTree& files, const std::string& path, Sink& sink);
// A text that stands for the content of a file: what an editor has not saved yet.
struct ReplacedText {
  std::string path;  // as findings show it: below the root of one of the trees
  std::string text;
};

// read_source(), unless `replaced` (may be null) is about this path.
std::unique_ptr<SourceFile> read_or_replace(const FileTree& files, const std::string& path,
                                            const ReplacedText* replaced, Sink& sink);

// The same for text that is there already: standard input, a blob of git.
std::unique_ptr<SourceFile> make_source(std::string content, std::string shown_path, Sink& sink);

}  // namespace stepreg::load
