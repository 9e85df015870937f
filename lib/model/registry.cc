#include "model/registry.h"

#include "base/sha256.h"

namespace stepreg {

const std::string& ScriptFile::sha256() const {
  std::call_once(digest_once_, [this] { digest_ = sha256_hex(source.text()); });
  return digest_;
}

namespace {

template <class Map>
auto find_in(const Map& map, std::string_view name) {
  const auto found = map.find(name);
  return found == map.end() ? nullptr : found->second.get();
}

}  // namespace

const StepComponent* Registry::find_step(std::string_view name) const {
  return find_in(steps, name);
}

const ChainComponent* Registry::find_chain(std::string_view name) const {
  return find_in(chains, name);
}

const WorkflowComponent* Registry::find_workflow(std::string_view name) const {
  return find_in(workflows, name);
}

const ObserverComponent* Registry::find_observer(std::string_view name) const {
  return find_in(observers, name);
}

const ClusterProfile* Registry::find_profile(std::string_view name) const {
  if (!profiles) return nullptr;
  for (const Located<ClusterProfile>& profile : profiles->profiles) {
    if (*profile->name == name) return &*profile;  // the first of several wins
  }
  return nullptr;
}

}  // namespace stepreg
