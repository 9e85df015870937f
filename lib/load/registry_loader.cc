#include "load/registry_loader.h"

#include <utility>

#include "base/fs.h"
#include "base/parallel.h"
#include "base/text.h"
#include "decode/decoder.h"
#include "decode/tables.h"
#include "load/metadata.h"
#include "load/read.h"
#include "load/walk.h"

namespace stepreg::load {

namespace {

using Kind = TreeFile::Kind;

// What one file gives; made by any thread, merged by one.
struct Loaded {
  explicit Loaded(const Sink& sink) : findings(sink.empty_copy()) {}
  Sink findings;
  std::unique_ptr<SourceFile> source;
  std::unique_ptr<ScriptFile> script;
  std::unique_ptr<yaml::Document> document;
  bool decoded = false;
  RefFile step;
  Chain chain;
  Workflow workflow;
  ObserverFile observer;
};

bool is_component(Kind kind) {
  return !suffix_of(kind).empty();
}

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

void decode_component(Kind kind, Loaded& loaded) {
  decode::Decoder decoder(*loaded.document, decode::Strictness::strict, loaded.findings);
  if (kind == Kind::step) {
    decode::RefWrapper wrapper;
    decoder.read_root(wrapper);
    loaded.step = std::move(wrapper.ref.value);
  } else if (kind == Kind::chain) {
    decode::ChainWrapper wrapper;
    decoder.read_root(wrapper);
    loaded.chain = std::move(wrapper.chain.value);
  } else if (kind == Kind::workflow) {
    decode::WorkflowWrapper wrapper;
    decoder.read_root(wrapper);
    loaded.workflow = std::move(wrapper.workflow.value);
  } else {
    decode::ObserverWrapper wrapper;
    decoder.read_root(wrapper);
    loaded.observer = std::move(wrapper.observer.value);
  }
  loaded.decoded = true;
}

// `id`: of the component that a component file should define.
void load_file(const FileTree& tree, const TreeFile& file, const std::string& id,
               const ReplacedText* replaced, Loaded& loaded) {
  if (file.kind == Kind::documentation) return;
  loaded.source = read_or_replace(tree, file.path, replaced, loaded.findings);
  if (!loaded.source) return;
  if (file.kind == Kind::script) {
    loaded.script = std::make_unique<ScriptFile>(file.path, std::move(loaded.source));
    return;
  }
  if (!is_component(file.kind)) return;
  loaded.document = yaml::parse(*loaded.source, loaded.findings);
  if (loaded.document) decode_component(file.kind, loaded);
  loaded.findings.name_components([&](const Diagnostic&) { return id; });
}

class Merger {
 public:
  Merger(Registry& registry, Sink& sink) : registry_(registry), sink_(sink) {}

  void add(const TreeFile& file, Loaded&& loaded) {
    sink_.merge(std::move(loaded.findings));
    switch (file.kind) {
      case Kind::step:
        add_component(registry_.steps, file, loaded, std::move(loaded.step), loaded.step.step.as);
        break;
      case Kind::chain:
        add_component(registry_.chains, file, loaded, std::move(loaded.chain), loaded.chain.as);
        break;
      case Kind::workflow:
        add_component(registry_.workflows, file, loaded, std::move(loaded.workflow),
                      loaded.workflow.as);
        break;
      case Kind::observer:
        add_component(registry_.observers, file, loaded, std::move(loaded.observer),
                      loaded.observer.observer.name);
        break;
      case Kind::script:
        if (loaded.script) registry_.scripts.emplace(file.path, std::move(loaded.script));
        break;
      case Kind::metadata:
        if (loaded.source) registry_.metadata.emplace(file.path, std::move(loaded.source));
        break;
      case Kind::owners:
        if (loaded.source) registry_.owners.emplace(file.directory, std::move(loaded.source));
        break;
      default:
        break;
    }
  }

 private:
  template <class T>
  void add_component(Components<T>& components, const TreeFile& file, Loaded& loaded,
                     T&& definition, Text as) {
    const std::string name = expected_name(file, registry_.flat);
    if (!loaded.decoded) {
      registry_.broken.insert(id_of(file.kind, name));
      return;
    }
    if (*as != name) registry_.broken.insert(id_of(file.kind, *as));
    auto component = std::make_unique<Component<T>>();
    component->name = name;
    component->path = file.path;
    component->directory = file.directory;
    component->file = loaded.source.get();
    component->definition = std::forward<T>(definition);
    components.by_name[component->name] = component.get();
    components.all.push_back(std::move(component));
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

void attach_scripts(Registry& registry) {
  for (auto& step : registry.steps.all) {
    attach_script(registry, *step, step->definition.step.commands);
  }
  for (auto& observer : registry.observers.all) {
    attach_script(registry, *observer, observer->definition.observer.commands);
  }
}

// Parses a file beside the components; null when that fails.
yaml::Document* add_document(Registry& registry, std::unique_ptr<SourceFile> source, Sink& sink) {
  if (!source) return nullptr;
  auto document = yaml::parse(*source, sink);
  registry.files.push_back(std::move(source));
  registry.documents.push_back(std::move(document));
  return registry.documents.back().get();
}

// The walk does not enter the directory of the profiles.
void load_people_of_profiles(Registry& registry, const FileTree& files, Sink& sink) {
  const std::string& path = registry.tree.profiles_path;
  const std::string directory(parent_path(path));
  if (const std::string owners = join_path(directory, "OWNERS"); files.has_file(owners)) {
    if (auto text = read_source(files, owners, sink)) {
      registry.owners.emplace(directory, std::move(text));
    }
  }
  if (const std::string metadata = metadata_path(path); files.has_file(metadata)) {
    if (auto text = read_source(files, metadata, sink)) {
      registry.metadata.emplace(metadata, std::move(text));
    }
  }
}

void load_profiles(Registry& registry, const FileTree& files, Sink& sink) {
  const std::string& path = registry.tree.profiles_path;
  if (path.empty()) return;
  load_people_of_profiles(registry, files, sink);
  if (yaml::Document* document = add_document(registry, read_source(files, path, sink), sink)) {
    registry.profiles = std::make_unique<ClusterProfiles>();
    decode::decode_profiles(*document, sink, *registry.profiles);
  }
}

void load_claims(Registry& registry, const std::string& path, Sink& sink) {
  if (path.empty()) return;
  if (yaml::Document* document = add_document(registry, read_source(path, path, sink), sink)) {
    registry.claims = std::make_unique<ObjectList<ClaimOwners>>();
    decode::decode_claims(*document, sink, *registry.claims);
  }
}

}  // namespace

std::unique_ptr<Registry> load_registry(const FileTree& tree, const RegistryOptions& options,
                                        Sink& sink) {
  auto registry = std::make_unique<Registry>();
  registry->root = tree.root();
  registry->flat = options.flat;
  registry->tree = walk_registry(tree, sink);

  const std::vector<TreeFile>& files = registry->tree.files;
  std::vector<std::unique_ptr<Loaded>> loaded(files.size());
  parallel_for(files.size(), options.jobs, [&](std::size_t i) {
    loaded[i] = std::make_unique<Loaded>(sink);
    const std::string id = is_component(files[i].kind)
                               ? id_of(files[i].kind, expected_name(files[i], options.flat))
                               : "";
    load_file(tree, files[i], id, options.replaced, *loaded[i]);
  });
  Merger merger(*registry, sink);
  for (std::size_t i = 0; i < files.size(); ++i) merger.add(files[i], std::move(*loaded[i]));

  attach_scripts(*registry);
  load_profiles(*registry, tree, sink);
  load_claims(*registry, options.claims_path, sink);
  return registry;
}

}  // namespace stepreg::load
