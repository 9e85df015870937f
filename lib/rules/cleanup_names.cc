#include "rules/cleanup_names.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"

namespace stepreg::rules {

namespace {

struct Pair {
  std::string_view makes, undoes;
};
constexpr Pair kPairs[] = {
    {"install", "uninstall"},     {"install", "deprovision"}, {"provision", "deprovision"},
    {"provision", "unprovision"}, {"create", "delete"},       {"create", "destroy"},
    {"register", "deregister"},   {"register", "unregister"}, {"claim", "release"},
    {"claim", "unclaim"},         {"acquire", "release"},     {"deploy", "undeploy"},
    {"deploy", "destroy"},
};

bool has_part(std::string_view name, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : split(name, '-')) {
    if (std::find(parts.begin(), parts.end(), part) != parts.end()) return true;
  }
  return false;
}

}  // namespace

bool makes(std::string_view name) {
  return has_part(name, {"install", "provision", "create", "register", "claim"});
}

bool undoes(std::string_view name) {
  return has_part(name,
                  {"deprovision", "destroy", "delete", "deregister", "unregister", "uninstall"});
}

bool destroys(std::string_view name) {
  return has_part(name, {"deprovision", "destroy"});
}

std::string_view family(std::string_view name) {
  return name.substr(0, name.find('-'));
}

std::vector<std::string> counterparts_of(std::string_view making) {
  std::vector<std::string> counterparts;
  for (const std::string_view part : split(making, '-')) {
    const auto begin = static_cast<std::size_t>(part.data() - making.data());
    for (const Pair& pair : kPairs) {
      if (pair.makes != part) continue;
      counterparts.push_back(std::string(making.substr(0, begin)) + std::string(pair.undoes) +
                             std::string(making.substr(begin + part.size())));
    }
  }
  return counterparts;
}

// Asked for many pairs of names, nearly all of which have little in common.
bool is_counterpart(std::string_view making, std::string_view undoing) {
  const auto [differ, unused] =
      std::mismatch(making.begin(), making.end(), undoing.begin(), undoing.end());
  const auto common = static_cast<std::size_t>(differ - making.begin());
  for (const Pair& pair : kPairs) {
    if (undoing.size() + pair.makes.size() != making.size() + pair.undoes.size()) continue;
    for (std::size_t at = making.find(pair.makes); at <= common;
         at = making.find(pair.makes, at + 1)) {
      const std::string_view rest = making.substr(at + pair.makes.size());
      const bool is_part =
          (at == 0 || making[at - 1] == '-') && (rest.empty() || rest.front() == '-');
      const std::string_view other = undoing.substr(at);
      if (is_part && other.starts_with(pair.undoes) && other.ends_with(rest)) return true;
    }
  }
  return false;
}

}  // namespace stepreg::rules
