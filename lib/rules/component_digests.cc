#include "rules/component_digests.h"

#include <set>

#include "base/sha256.h"
#include "base/varint.h"
#include "rules/expansion.h"

namespace stepreg::rules {

// Chains within chains that are followed; real ones have about ten. What lies deeper counts as
// everything, so that no registry exhausts the stack.
constexpr std::size_t kMaxDepth = 1000;

// Those below first, so that each is made once.
class DigestMaker {
 public:
  DigestMaker(const Registry& registry, ComponentDigests& digests)
      : registry_(registry), by_id_(digests.by_id_) {
    by_id_.reserve(registry.steps.all.size() + registry.chains.all.size() +
                   registry.workflows.all.size() + registry.observers.all.size());
    for (const auto& [name, observer] : registry.observers.by_name) add(*observer);
    for (const auto& [name, step] : registry.steps.by_name) add(*step);
    for (const auto& [name, chain] : registry.chains.by_name) add(*chain);
    for (const auto& [name, workflow] : registry.workflows.by_name) add(*workflow);
    digests.whole_ = whole();
  }

 private:
  // All is put with its length, so that two texts are never taken for two others.
  template <class Component>
  static std::string own(const Component& component) {
    std::string out;
    put_piece(out, component.file->path());
    put_piece(out, component.file->text());
    put_piece(out, component.script == nullptr ? "" : component.script->path);
    put_piece(out, component.script == nullptr ? "" : component.script->sha256());
    return out;
  }

  void finish(std::string id, const std::string& seen) {
    by_id_.insert_or_assign(std::move(id), sha256_bytes(seen));
  }

  void add(const ObserverComponent& observer) {
    finish("observer/" + observer.name, own(observer));
  }

  void add(const StepComponent& step) {
    std::string out = own(step);
    put(step.definition.step.observers, out);
    finish("ref/" + step.name, out);
  }

  void add(const ChainComponent& chain) {
    std::string id = "chain/" + chain.name;
    if (!by_id_.try_emplace(id).second) return;
    std::string out = own(chain);
    ++depth_;
    put(chain.definition.steps, out);
    --depth_;
    finish(std::move(id), out);
  }

  void add(const WorkflowComponent& workflow) {
    std::string out = own(workflow);
    const MultiStage& settings = *workflow.definition.steps;
    for_each_phase(settings, [&](const char*, const auto& entries) { put(entries, out); });
    put(settings.observers->enable, out);
    put(settings.observers->disable, out);
    finish("workflow/" + workflow.name, out);
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
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return put_piece(out, "");
    const bool is_cycle = found->second.empty();  // being made
    put_piece(out, is_cycle ? everything() : found->second);
  }

  // Whoever leads into a cycle depends on whatever there is.
  const std::string& everything() {
    if (!everything_.empty()) return everything_;
    std::string out;
    for (const auto& file : registry_.files) put_piece(out, sha256_bytes(file->text()));
    for (const auto& [path, script] : registry_.scripts) put_piece(out, script->sha256());
    return everything_ = sha256_bytes(out);
  }

  // Files beside components are those of profiles and claims.
  std::string whole() const {
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
    }
    put_varint(out, registry_.profiles ? 1 : 0);
    put_varint(out, registry_.claims ? 1 : 0);
    put_varint(out, registry_.flat ? 1 : 0);
    return sha256_bytes(out);
  }

  const Registry& registry_;
  std::unordered_map<std::string, std::string>& by_id_;
  std::string everything_;
  std::size_t depth_ = 0;  // of the chain that is being made
};

ComponentDigests::ComponentDigests(const Registry& registry) {
  DigestMaker(registry, *this);
}

std::string_view ComponentDigests::of(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace stepreg::rules
