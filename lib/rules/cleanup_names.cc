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

bool is_pair(std::string_view making, std::string_view undoing) {
  return std::any_of(std::begin(kPairs), std::end(kPairs), [&](const Pair& pair) {
    return pair.makes == making && pair.undoes == undoing;
  });
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

bool is_counterpart(std::string_view making, std::string_view undoing) {
  const auto a = split(making, '-');
  const auto b = split(undoing, '-');
  if (a.size() != b.size()) return false;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (!is_pair(a[i], b[i])) return false;
    ++pairs;
  }
  return pairs == 1;
}

}  // namespace stepreg::rules
