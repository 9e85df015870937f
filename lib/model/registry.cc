#include "model/registry.h"

#include "base/sha256.h"

namespace stepreg {

const std::string& ScriptFile::sha256() const {
  std::call_once(digest_once_, [this] { digest_ = sha256_hex(source->text()); });
  return digest_;
}

const ClusterProfile* Registry::find_profile(std::string_view name) const {
  if (!profiles) return nullptr;
  for (const Located<ClusterProfile>& profile : profiles->profiles) {
    if (*profile->name == name) return &*profile;  // the first of several wins
  }
  return nullptr;
}

}  // namespace stepreg
