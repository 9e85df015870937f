#include <map>

#include "base/text.h"
#include "render/query_text.h"
#include "render/style.h"
#include "render/table.h"

namespace stepreg::render {

namespace {

constexpr std::size_t kShown = 10;  // tests of a group, unless all are asked for

std::string remaining(std::size_t shown, std::size_t total, const std::string& indent) {
  if (shown >= total) return "";
  return indent + "... and " + std::to_string(total - shown) + " more (--all names them)\n";
}

std::string value_text(const std::optional<std::string>& value) {
  return value ? in_quotes(*value) : "(no value)";
}

std::size_t limit_of(std::size_t total, bool all) {
  return all || total < kShown ? total : kShown;
}

std::string tests_text(const std::vector<query::IndirectUse>& tests, bool all) {
  std::string out = "\nreached by " + counted(tests.size(), "test") + "\n";
  const std::size_t shown = limit_of(tests.size(), all);
  for (std::size_t i = 0; i < shown; ++i) {
    out += "  " + tests[i].user;
    std::vector<std::string> between(tests[i].way.begin() + 1, tests[i].way.end() - 1);
    if (!between.empty()) out += "  through " + join(between, " > ");
    out += "\n";
  }
  return out + remaining(shown, tests.size(), "  ");
}

// Readings with the same value, and the tests that have them.
struct Group {
  std::vector<std::string> tests;
  std::map<std::string, std::size_t> sources;
};

std::string group_text(const std::string& value, const Group& group, bool all) {
  std::vector<std::string> sources;
  for (const auto& [source, count] : group.sources) {
    sources.push_back(source + " " + std::to_string(count) + "x");
  }
  const std::size_t shown_sources = limit_of(sources.size(), all);
  const bool cut = shown_sources < sources.size();
  sources.resize(shown_sources);
  std::string out = "  " + value + " in " + counted(group.tests.size(), "test") + ", set by " +
                    join(sources, ", ") + (cut ? ", ..." : "") + "\n";
  const std::size_t shown = limit_of(group.tests.size(), all);
  for (std::size_t i = 0; i < shown; ++i) out += "    " + group.tests[i] + "\n";
  return out + remaining(shown, group.tests.size(), "    ");
}

std::string readings_text(const std::vector<query::Reading>& readings, bool all) {
  std::map<std::string, Group> groups;
  for (const query::Reading& reading : readings) {
    Group& group = groups[value_text(reading.value)];
    ++group.sources[reading.source];
    if (group.tests.empty() || group.tests.back() != reading.test)
      group.tests.push_back(reading.test);
  }
  std::string out = "\nread with " + counted(groups.size(), "value") + "\n";
  for (const auto& [value, group] : groups) out += group_text(value, group, all);
  return out;
}

}  // namespace

std::string uses_text(const query::ComponentUses& uses, bool all) {
  std::string out = uses.component + "  " + place_text(uses.at) + "\n";
  Table direct;
  std::size_t shown = 0;
  const std::size_t limit = limit_of(uses.direct.size(), all);
  for (; shown < limit; ++shown) {
    const query::Use& use = uses.direct[shown];
    direct.row({use.user, use.where, place_text(use.at)});
  }
  out += "\nnamed by " + counted(uses.direct.size(), "place") + "\n" + direct.text("  ");
  out += remaining(shown, uses.direct.size(), "  ");
  if (!uses.transitive.empty()) {
    out += "\nused through others by " + counted(uses.transitive.size(), "component") + "\n";
    const std::size_t others = limit_of(uses.transitive.size(), all);
    for (std::size_t i = 0; i < others; ++i) {
      out += "  " + join(uses.transitive[i].way, " > ") + "\n";
    }
    out += remaining(others, uses.transitive.size(), "  ");
  }
  return out + tests_text(uses.tests, all);
}

std::string uses_text(const query::VariableUses& uses, bool all) {
  std::string out = uses.variable + "\n\ndeclared by\n";
  Table declared;
  for (const query::Declaration& each : uses.declared) {
    const std::string what = each.kind == "parameter"
                                 ? (each.value ? "default " + in_quotes(*each.value) : "required")
                                 : each.kind + " " + value_text(each.value);
    declared.row({each.by, what, place_text(each.at)});
  }
  out += uses.declared.empty() ? "  nobody\n" : declared.text("  ");
  Table set;
  const std::size_t limit = limit_of(uses.set.size(), all);
  for (std::size_t i = 0; i < limit; ++i) {
    const query::Assignment& each = uses.set[i];
    set.row({each.by, value_text(each.value), place_text(each.at)});
  }
  out += "\nset by\n" + (uses.set.empty() ? std::string("  nobody\n") : set.text("  "));
  out += remaining(limit, uses.set.size(), "  ");
  return out + readings_text(uses.read, all);
}

}  // namespace stepreg::render
