#include <algorithm>

#include "generate/components.h"
#include "generate/make_compositions.h"
#include "generate/make_steps.h"
#include "generate/words.h"

namespace stepreg::generate {

namespace {

// "harbor", and when the words are used up "harbor/tidal"; the first one is that of everybody.
std::vector<std::string> make_areas(std::size_t number) {
  const auto words = area_words();
  std::vector<std::string> areas;
  for (std::size_t i = 0; i < number; ++i) {
    std::string area(words[i % words.size()]);
    if (i >= words.size()) {
      const std::size_t round = i / words.size();
      area = std::string(words[1 + i % (words.size() - 1)]) + "/" +
             std::string(words[1 + (i + round) % (words.size() - 1)]) +
             (round < words.size() ? "" : "/" + std::to_string(round));
    }
    areas.push_back(std::move(area));
  }
  std::sort(areas.begin() + 1, areas.end());
  areas.erase(std::unique(areas.begin() + 1, areas.end()), areas.end());
  return areas;
}

void make_observers(Components& components, Names& names, Random random) {
  for (std::size_t i = 0; i < components.shape.observers; ++i) {
    const std::string& area = components.areas[i % components.areas.size()];
    const ComponentName name = names.fresh(random, area, "watch");
    components.observers.push_back({name.name, name.directory, i % 2 == 0});
  }
}

void make_profiles(Components& components, Random random) {
  constexpr std::string_view kTypes[] = {"aws", "gcp", "azure4", "metal", "vsphere", "ibmcloud"};
  for (const std::string_view type : kTypes) {
    components.profiles.push_back({std::string(type), std::string(type), ""});
  }
  const std::size_t number = std::min<std::size_t>(110, 2 + components.shape.configs / 20);
  for (std::size_t i = 0; i < number; ++i) {
    const std::string type(random.pick(kTypes));
    const std::string_view owner =
        random.chance(1, 6) ? org_words()[1 + random.below(org_words().size() - 1)] : "";
    components.profiles.push_back(
        {type + "-" + std::string(random.pick(qualifier_words())) + "-" + std::to_string(i + 1),
         type, std::string(owner)});
  }
}

}  // namespace

Components make_components(const Shape& shape) {
  Components components;
  components.shape = shape;
  const Random random(shape.seed);
  components.areas =
      make_areas(std::max<std::size_t>(2, std::min<std::size_t>(900, shape.steps / 24)));
  Names names;
  StepMaker(components, names, random.fork("steps")).make_all();
  make_profiles(components, random.fork("profiles"));
  make_compositions(components, random.fork("compositions"));
  Names observer_names;
  make_observers(components, observer_names, random.fork("observers"));
  return components;
}

}  // namespace stepreg::generate
