#include "load/component_files.h"

#include <utility>

#include "base/fs.h"
#include "base/stage.h"
#include "decode/decoder.h"
#include "decode/tables.h"
#include "diag/suppression.h"
#include "load/read_document.h"

namespace stepreg::load {

namespace {

using Kind = TreeFile::Kind;

// The name that the place of the file asks for.
std::string expected_name(const TreeFile& file, bool flat) {
  if (!flat) return prefix_of(file.directory);
  return file.name.substr(0, file.name.size() - suffix_of(file.kind).size());
}

std::string id_of(Kind kind, std::string_view name) {
  const std::string_view suffix = suffix_of(kind);
  std::string id(suffix.substr(1, suffix.size() - 1 - std::string_view(".yaml").size()));
  return id += "/" + std::string(name);
}

template <class Wrapper, class T>
std::unique_ptr<Component<T>> decode_as(decode::Decoder& decoder, Located<T> Wrapper::*member) {
  Wrapper wrapper;
  decoder.read_root(wrapper);
  auto component = std::make_unique<Component<T>>();
  component->definition = std::move((wrapper.*member).value);
  return component;
}

void decode_component(Kind kind, LoadedFile& loaded) {
  const StageMark mark(Stage::decode);
  decode::Decoder decoder(*loaded.document, decode::Strictness::strict, loaded.findings);
  if (kind == Kind::step) {
    loaded.step = decode_as(decoder, &decode::RefWrapper::ref);
  } else if (kind == Kind::chain) {
    loaded.chain = decode_as(decoder, &decode::ChainWrapper::chain);
  } else if (kind == Kind::workflow) {
    loaded.workflow = decode_as(decoder, &decode::WorkflowWrapper::workflow);
  } else {
    loaded.observer = decode_as(decoder, &decode::ObserverWrapper::observer);
  }
}

const Text& own_name(const RefFile& step) {
  return step.step.as;
}
const Text& own_name(const Chain& chain) {
  return chain.as;
}
const Text& own_name(const Workflow& workflow) {
  return workflow.as;
}
const Text& own_name(const ObserverFile& observer) {
  return observer.observer.name;
}

class Merger {
 public:
  Merger(Registry& registry, Sink& sink) : registry_(registry), sink_(sink) {}

  void add(const TreeFile& file, LoadedFile&& loaded) {
    sink_.merge(std::move(loaded.findings));
    switch (file.kind) {
      case Kind::step:
        add_component(registry_.steps, file, loaded, std::move(loaded.step));
        break;
      case Kind::chain:
        add_component(registry_.chains, file, loaded, std::move(loaded.chain));
        break;
      case Kind::workflow:
        add_component(registry_.workflows, file, loaded, std::move(loaded.workflow));
        break;
      case Kind::observer:
        add_component(registry_.observers, file, loaded, std::move(loaded.observer));
        break;
      case Kind::script:
        if (loaded.script == nullptr) break;
        note(loaded, *loaded.script->source);
        add(registry_.scripts, file.path, std::move(loaded.script));
        break;
      case Kind::metadata:
        if (loaded.source) add(registry_.metadata, file.path, std::move(loaded.source));
        break;
      case Kind::owners:
        if (loaded.source == nullptr) break;
        note(loaded, *loaded.source);
        add(registry_.owners, file.directory, std::move(loaded.source));
        break;
      default:
        break;
    }
  }

 private:
  // Paths come nearly in order.
  template <class Map, class File>
  static void add(Map& files, const std::string& path, File file) {
    files.emplace_hint(files.end(), path, std::move(file));
  }

  void note(const LoadedFile& loaded, const SourceFile& text) {
    if (loaded.has_comments) registry_.commented.push_back(&text);
  }

  template <class T>
  void add_component(Components<T>& components, const TreeFile& file, LoadedFile& loaded,
                     std::unique_ptr<Component<T>> component) {
    std::string name = expected_name(file, registry_.flat);
    if (!component) {
      registry_.broken.insert(id_of(file.kind, name));
      return;
    }
    const Text& as = own_name(component->definition);
    if (*as != name) registry_.broken.insert(id_of(file.kind, *as));
    component->name = std::move(name);
    component->path = file.path;
    component->directory = file.directory;
    component->file = loaded.source.get();
    note(loaded, *loaded.source);
    components.add(std::move(component));
    registry_.files.push_back(std::move(loaded.source));
    registry_.documents.push_back(std::move(loaded.document));
  }

  Registry& registry_;
  Sink& sink_;
};

template <class Component>
void attach_script(const Registry& registry, Component& component, const Text& commands) {
  if (commands->empty()) return;
  const auto found = registry.scripts.find(join_path(component.directory, *commands));
  if (found != registry.scripts.end()) component.script = found->second.get();
}

}  // namespace

bool is_component(Kind kind) {
  return !suffix_of(kind).empty();
}

std::string expected_id(const TreeFile& file, bool flat) {
  return id_of(file.kind, expected_name(file, flat));
}

void load_file(const FileTree& tree, const TreeFile& file, bool flat, const ReplacedText* replaced,
               LoadedFile& loaded) {
  if (file.kind == Kind::documentation) return;
  if (!is_component(file.kind)) {
    loaded.source = read_text(tree, file.path, replaced, loaded.findings);
    if (loaded.source == nullptr) return;
    loaded.has_comments = may_have_suppressions(*loaded.source);
    if (file.kind == Kind::script) {
      loaded.script = std::make_unique<ScriptFile>(file.path, std::move(loaded.source));
    }
    return;
  }
  ReadDocument read = read_document(tree, file.path, replaced, loaded.findings);
  if (!read.source) return;
  loaded.source = std::move(read.source);
  loaded.document = std::move(read.document);
  loaded.has_comments = may_have_suppressions(*loaded.source);
  if (loaded.document) decode_component(file.kind, loaded);
  const std::string id = expected_id(file, flat);
  loaded.findings.name_components([&](const Diagnostic&) { return id; });
}

void merge_file(const TreeFile& file, LoadedFile&& loaded, Registry& registry, Sink& sink) {
  Merger(registry, sink).add(file, std::move(loaded));
}

void attach_scripts(Registry& registry) {
  for (auto& step : registry.steps.all) {
    attach_script(registry, *step, step->definition.step.commands);
  }
  for (auto& observer : registry.observers.all) {
    attach_script(registry, *observer, observer->definition.observer.commands);
  }
}

void link_entries(Registry& registry) {
  const auto link = [&](ObjectList<StepEntry>& entries) {
    for (Located<StepEntry>& entry : entries.value) {
      if (entry->ref) entry->linked_step = registry.steps.find(*entry->ref);
      if (entry->chain) entry->linked_chain = registry.chains.find(*entry->chain);
    }
  };
  for (const auto& chain : registry.chains.all) link(chain->definition.steps);
  for (const auto& workflow : registry.workflows.all) {
    MultiStage& settings = *workflow->definition.steps;
    for (auto* phase : {&settings.pre, &settings.test, &settings.post}) link(*phase);
  }
}

}  // namespace stepreg::load
