// The facts of one step, each with its places.
#pragma once

#include <string>
#include <vector>

#include "query/explain.h"
#include "resolve/limits.h"

namespace stepreg::query {

class FactMaker {
 public:
  FactMaker(const TestContext& test, const ExplainInput& input);

  Fact variable(const resolve::Resolved& value, const char* kind) const;
  Fact dependency(const resolve::Resolved& value) const;
  Fact lease(const resolve::ResolvedLease& lease) const;
  // Script, image, limits, flags, leases, parameters, dependencies, in this order.
  std::vector<Fact> all(const resolve::ResolvedStep& step) const;

 private:
  Level level(std::optional<std::string> value, const std::string& source, Place place) const;
  Level level(const resolve::Setting& setting) const;
  std::string source_of(Place place) const;
  void add_limits(const resolve::ResolvedStep& step, std::vector<Fact>& facts) const;
  void add_settings(const resolve::ResolvedStep& step, const std::string& own,
                    std::vector<Fact>& facts) const;
  void add_flags(const Step& step, const std::string& own, std::vector<Fact>& facts) const;
  // A flag that only counts when workflow or test allow it.
  Fact allowed_flag(const char* name, const Flag& flag, const char* allowed_by, const Flag& allowed,
                    const std::string& own) const;

  const TestContext& test_;
  const ExplainInput& input_;
  resolve::LimitSources limits_;
};

}  // namespace stepreg::query
