#include "plan/check.h"

#include <map>
#include <set>

#include "base/text.h"

namespace stepreg::plan {

namespace {

bool names_a_directory(const std::string& name) {
  return !name.empty() && name.size() <= 200 && name[0] != '.' &&
         name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
}

bool leaves_its_root(const std::string& path) {
  if (path.starts_with('/')) return true;
  for (std::string_view part : split(path, '/')) {
    if (part == "..") return true;
  }
  return false;
}

void check_script(const Script& script, const std::string& where, std::vector<Problem>& problems) {
  if (script.path.empty() && !script.text) {
    problems.push_back({where, "needs `path` or `text`"});
  }
  if (leaves_its_root(script.path)) {
    problems.push_back({where + "/path", "must be relative and without `..`"});
  }
  const bool hex = script.sha256.size() == 64 &&
                   script.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!script.sha256.empty() && !hex) {
    problems.push_back({where + "/sha256", "expected 64 lower-case hexadecimal digits"});
  }
}

void check_name(const std::string& name, const std::string& where,
                std::map<std::string, std::string>& seen, std::vector<Problem>& problems) {
  if (!names_a_directory(name)) {
    problems.push_back(
        {where, in_quotes(name) + " cannot name a directory: no `/`, no leading dot, not empty"});
  }
  const auto [first, fresh] = seen.emplace(name, where);
  if (!fresh) problems.push_back({where, "name " + in_quotes(name) + " repeats " + first->second});
}

void check_observers(const Plan& plan, std::vector<Problem>& problems) {
  std::map<std::string, std::string> seen;
  for (std::size_t i = 0; i < plan.observers.size(); ++i) {
    const std::string where = "/observers/" + std::to_string(i);
    check_name(plan.observers[i].name, where + "/name", seen, problems);
    check_script(plan.observers[i].script, where + "/script", problems);
  }
}

}  // namespace

void check_names(const Plan& plan, std::vector<Problem>& problems) {
  std::map<std::string, std::string> seen;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    const std::string where = "/steps/" + std::to_string(i);
    check_name(step.name, where + "/name", seen, problems);
    check_script(step.script, where + "/script", problems);
    if (i > 0 && step.phase < plan.steps[i - 1].phase) {
      problems.push_back({where + "/phase", "phases must be in the order pre, test, post"});
    }
  }
  check_observers(plan, problems);
}

}  // namespace stepreg::plan
