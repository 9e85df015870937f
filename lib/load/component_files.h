// The files of components, one at a time: what the loaders of whole and partial registries share.
#pragma once

#include <memory>
#include <string>

#include "diag/sink.h"
#include "load/file_tree.h"
#include "load/read.h"
#include "model/registry.h"

namespace stepreg::load {

// What one file gives; made by any thread, merged by one.
struct LoadedFile {
  explicit LoadedFile(const Sink& sink) : findings(sink.empty_copy()) {}
  Sink findings;
  std::unique_ptr<SourceFile> source;
  bool has_comments = false;  // for stepreg, perhaps
  std::unique_ptr<ScriptFile> script;
  std::unique_ptr<yaml::Document> document;
  // At most one of them: a component that could be decoded.
  std::unique_ptr<StepComponent> step;
  std::unique_ptr<ChainComponent> chain;
  std::unique_ptr<WorkflowComponent> workflow;
  std::unique_ptr<ObserverComponent> observer;
};

bool is_component(TreeFile::Kind kind);
// The id ("ref/NAME") of the component that a component file should define by its place.
std::string expected_id(const TreeFile& file, bool flat);

void load_file(const FileTree& tree, const TreeFile& file, bool flat, const ReplacedText* replaced,
               LoadedFile& loaded);
// Files must come in the order of the walk.
void merge_file(const TreeFile& file, LoadedFile&& loaded, Registry& registry, Sink& sink);

// Connects steps and observers with the scripts that the registry has.
void attach_scripts(Registry& registry);
// Connects the entries of chains and workflows with what they name. No component may be added
// afterwards.
void link_entries(Registry& registry);

}  // namespace stepreg::load
