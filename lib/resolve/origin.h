#pragma once

#include <string>

#include "plan/plan.h"
#include "resolve/resolved.h"

namespace stepreg::resolve {

// Turns places into what a plan says of them: paths relative to the tree they lie in.
class Origins {
 public:
  Origins(std::string registry_root, std::string configs_root, std::string settings_directory)
      : roots_{std::move(registry_root), std::move(configs_root), std::move(settings_directory)} {}

  plan::Origin of(const Source& source) const;
  plan::Origin of(std::string source_id, Place place) const;

 private:
  std::string relative(const std::string& path) const;
  std::string roots_[3];
};

}  // namespace stepreg::resolve
