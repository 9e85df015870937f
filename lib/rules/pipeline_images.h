// Names of images and targets that a configuration defines (registry.md 3.15, R341, R386).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/config.h"

namespace stepreg::rules {

// One thing with a name, and the field that defines it.
struct Definition {
  std::string name;
  std::string field;  // "base_images.tool"
  Place place;
  enum class Kind : std::uint8_t {
    pipeline,  // an image that pipeline_definitions() has as well
    image,     // of `images`; is in pipeline_definitions() too
    test,
    other,
  };
  Kind kind = Kind::pipeline;
};

// The images of the `pipeline` stream in the order in which ci-operator registers them; a name that
// occurs again is a mistake. Without the `from_image` of steps.
std::vector<Definition> pipeline_definitions(const Config& config);

// Everything that ci-operator builds or runs under a name of its own. Imported images are not among
// them.
std::vector<Definition> build_targets(const Config& config);

// The tags of the `pipeline` stream that are there at run time; `definitions` are those of
// `config`.
std::set<std::string, std::less<>> pipeline_tags(const Config& config,
                                                 const std::vector<Definition>& definitions);

// Is `name` the tag under which the `from_image` of a step is imported?
bool is_imported_as(const ImageStreamTag& image, std::string_view name);

}  // namespace stepreg::rules
