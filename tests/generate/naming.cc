#include "generate/naming.h"

#include <algorithm>

#include "generate/words.h"

namespace stepreg::generate {

std::string name_of(std::string_view directory) {
  std::string name(directory);
  std::replace(name.begin(), name.end(), '/', '-');
  return name;
}

ComponentName Names::fresh(Random& random, std::string_view area, std::string_view group) {
  constexpr std::size_t kLongest = 60;
  std::string directory(area);
  if (!group.empty()) directory.append("/").append(group);
  directory.append("/").append(random.pick(topic_words()));
  if (random.chance(1, 2)) directory.append("/").append(random.pick(qualifier_words()));
  const std::string shortest = directory;
  for (std::size_t number = 2; !take(name_of(directory)); ++number) {
    const std::string_view more = random.pick(qualifier_words());
    if (directory.size() + more.size() + 1 < kLongest) {
      directory.append("/").append(more);
    } else {
      directory = shortest + "/v" + std::to_string(number);
    }
  }
  return {name_of(directory), directory};
}

}  // namespace stepreg::generate
