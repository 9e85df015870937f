// From a path to a document, by way of the cache of the tree when it has one.
#pragma once

#include <memory>
#include <string>

#include "diag/sink.h"
#include "load/file_tree.h"
#include "load/read.h"
#include "yaml/document.h"

namespace stepreg::load {

struct ReadDocument {
  std::unique_ptr<SourceFile> source;        // null: it could not be read
  std::unique_ptr<yaml::Document> document;  // null: it could not be parsed; refers to `source`
};

// As read_or_replace() and yaml::parse(), with the same findings.
ReadDocument read_document(const FileTree& files, const std::string& path,
                           const ReplacedText* replaced, Sink& sink);

// The same for a file that is not parsed.
std::unique_ptr<SourceFile> read_text(const FileTree& files, const std::string& path,
                                      const ReplacedText* replaced, Sink& sink);

}  // namespace stepreg::load
