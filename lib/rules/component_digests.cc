#include "rules/component_digests.h"

#include <set>
#include <unordered_set>

#include "base/checksum.h"
#include "base/varint.h"
#include "rules/expansion.h"
#include "yaml/pack.h"

namespace stepreg::rules {

// Chains within chains that are followed; real ones have about ten. What lies deeper counts as
// everything, so that no registry exhausts the stack.
constexpr std::size_t kMaxDepth = 1000;

// Those below first, so that each is made once.
class DigestMaker {
 public:
  DigestMaker(const Registry& registry, const ComponentIds& ids, ComponentDigests& digests)
      : registry_(registry), ids_(ids), made_(digests) {
    made_.digests_.resize(ids.size());
    made_.files_.resize(ids.size());
    for (std::size_t i = 0; i < registry.files.size(); ++i) {
      documents_.emplace(registry.files[i].get(), registry.documents[i].get());
    }
    for (const auto& [name, observer] : registry.observers.by_name) add(*observer);
    for (const auto& [name, step] : registry.steps.by_name) add(*step);
    for (const auto& [name, chain] : registry.chains.by_name) add(*chain);
    for (const auto& [name, workflow] : registry.workflows.by_name) add(*workflow);
    made_.whole_ = whole();
  }

 private:
  // All is put with its length, so that two texts are never taken for two others.
  template <class Component>
  std::string own(const Component& component) const {
    std::string out;
    put_piece(out, component.file->path());
    put_piece(out, yaml::content_of(*documents_.at(component.file)));
    put_piece(out, component.script == nullptr ? "" : component.script->path);
    put_piece(out, component.script == nullptr ? "" : digest_of(component.script->source->text()));
    return out;
  }

  void finish(const std::string& id, const SourceFile& file, const std::string& seen) {
    const std::uint32_t number = *ids_.find(id);
    made_.digests_[number] = digest_of(seen);
    made_.files_[number] = &file;
    made_.by_path_[file.path()] = number;
  }

  void add(const ObserverComponent& observer) {
    finish("observer/" + observer.name, *observer.file, own(observer));
  }

  void add(const StepComponent& step) {
    std::string out = own(step);
    put(step.definition.step.observers, out);
    finish("ref/" + step.name, *step.file, out);
  }

  void add(const ChainComponent& chain) {
    const std::string id = "chain/" + chain.name;
    if (!begun_.insert(*ids_.find(id)).second) return;
    std::string out = own(chain);
    ++depth_;
    put(chain.definition.steps, out);
    --depth_;
    finish(id, *chain.file, out);
  }

  void add(const WorkflowComponent& workflow) {
    std::string out = own(workflow);
    const MultiStage& settings = *workflow.definition.steps;
    for_each_phase(settings, [&](const char*, const auto& entries) { put(entries, out); });
    put(settings.observers->enable, out);
    put(settings.observers->disable, out);
    finish("workflow/" + workflow.name, *workflow.file, out);
  }

  void put(const TextList& observers, std::string& out) {
    for (const Text& name : observers) put("observer/" + std::string(*name), out);
  }

  void put(const ObjectList<StepEntry>& entries, std::string& out) {
    for (const Located<StepEntry>& entry : entries) {
      if (entry->ref) put("ref/" + std::string(*entry->ref), out);
      if (entry->chain) put_chain(*entry->chain, out);
      put(entry->literal->observers, out);
    }
  }

  void put_chain(std::string_view name, std::string& out) {
    if (depth_ == kMaxDepth) return put_piece(out, everything());
    const ChainComponent* chain = registry_.chains.find(name);
    if (chain != nullptr) add(*chain);
    put("chain/" + std::string(name), out);
  }

  void put(const std::string& id, std::string& out) {
    const auto number = ids_.find(id);
    if (!number) return put_piece(out, "");
    const std::string& digest = made_.digests_[*number];
    const bool is_cycle = digest.empty();  // being made
    put_piece(out, is_cycle ? everything() : digest);
  }

  // Whoever leads into a cycle depends on whatever there is.
  const std::string& everything() {
    if (!everything_.empty()) return everything_;
    std::string out;
    for (const auto& file : registry_.files) put_piece(out, digest_of(file->text()));
    for (const auto& [path, script] : registry_.scripts)
      put_piece(out, digest_of(script->source->text()));
    return everything_ = digest_of(out);
  }

  // Files beside components are those of profiles and claims.
  std::string whole() {
    std::string out;
    std::set<const SourceFile*> of_components;
    const auto put_names = [&](const auto& components) {
      put_varint(out, components.all.size());
      for (const auto& component : components.all) {
        put_piece(out, component->name);
        put_piece(out, component->path);
        of_components.insert(component->file);
      }
    };
    put_names(registry_.steps);
    put_names(registry_.chains);
    put_names(registry_.workflows);
    put_names(registry_.observers);
    put_varint(out, registry_.broken.size());
    for (const std::string& id : registry_.broken) put_piece(out, id);
    for (const auto& file : registry_.files) {
      if (of_components.contains(file.get())) continue;
      put_piece(out, file->path());
      put_piece(out, file->text());
      made_.by_path_[file->path()] = ComponentDigests::kWhole;
    }
    put_varint(out, registry_.profiles ? 1 : 0);
    put_varint(out, registry_.claims ? 1 : 0);
    put_varint(out, registry_.flat ? 1 : 0);
    return digest_of(out);
  }

  const Registry& registry_;
  const ComponentIds& ids_;
  ComponentDigests& made_;
  std::unordered_set<std::uint32_t> begun_;  // chains
  std::unordered_map<const SourceFile*, const yaml::Document*> documents_;
  std::string everything_;
  std::size_t depth_ = 0;  // of the chain that is being made
};

ComponentDigests::ComponentDigests(const Registry& registry, const ComponentIds& ids) {
  DigestMaker(registry, ids, *this);
}

std::uint64_t ComponentDigests::of_lines(std::uint32_t component, std::uint32_t line) const {
  const std::string_view text = files_[component]->text();
  // The break belongs to its line: without it the line might go on.
  const std::size_t end = line == 0           ? 0
                          : line == kAllLines ? text.size()
                                              : files_[component]->line_start(line + 1);
  return checksum_of(text.substr(0, end));
}

std::optional<std::uint32_t> ComponentDigests::component_at(std::string_view path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace stepreg::rules
