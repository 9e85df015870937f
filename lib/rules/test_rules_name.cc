// What a test may be called (registry.md R150 to R159).
#include <map>

#include "base/names.h"
#include "rules/config_parts.h"

namespace stepreg::rules {

namespace {

constexpr std::size_t kMaxName = 61;
constexpr std::size_t kMaxNameWithClaim = 42;

const ImageBuild* image_called(const Config& config, std::string_view name) {
  for (const Located<ImageBuild>& image : config.images->items) {
    if (*image->to == name) return &*image;
  }
  return nullptr;
}

// True when the name is too long.
bool report_length(const TestCheck& check) {
  const std::size_t length = check.test().as->size();
  const auto report = [&](RuleId id, std::size_t limit, const char* what) {
    check.add(id, {}, "as",
              "has a name of " + std::to_string(length) + " bytes; " + what + " may have " +
                  std::to_string(limit));
  };
  if (length > kMaxName) {
    report(rule("SR602"), kMaxName, "names of tests");
    return true;
  }
  if (length > kMaxNameWithClaim && check.test().cluster_claim) {
    report(rule("SR603"), kMaxNameWithClaim, "names of tests with a cluster claim");
    return true;
  }
  return false;
}

// True when the name is taken.
bool report_taken(const TestCheck& check) {
  const std::string_view name = *check.test().as;
  if (name == "images") {
    check.add(rule("SR604"), {}, "as", "has the name of the job that builds all images").hint =
        "choose another name";
    return true;
  }
  if (name.starts_with("ci-index")) {
    check
        .add(rule("SR604"), {}, "as",
             "has a name that starts with `ci-index`, as the indexes of operators do")
        .hint = "choose another name";
    return true;
  }
  const ImageBuild* image = image_called(check.file.config(), name);
  if (image == nullptr) return false;
  check.add(rule("SR605"), {}, "as", "is called like an image of this configuration")
      .notes.push_back({Location::of(image->to.place), "the image is defined here"});
  return true;
}

}  // namespace

// The rules are alternatives: a name is reported once.
void check_test_name(const TestCheck& check) {
  const TestEntry& test = check.test();
  const std::string_view name = *test.as;
  if (name.empty()) {
    check.add(rule("SR601"), {}, "tests[" + std::to_string(check.index) + "].as",
              "has no name; every test needs `as`");
    return;
  }
  if (report_length(check) || report_taken(check)) return;
  if (!is_dns1123_subdomain(name)) {
    check.add(rule("SR606"), {}, "as",
              "has an illegal name: lower-case letters, digits, `-` and `.` are allowed, with a "
              "letter or digit at both ends");
  } else if (has_shard_suffix(name)) {
    check.add(rule("SR607"), {}, "as", "has a name that ends like that of a shard").hint =
        "use `shard_count` to split a test into jobs";
  } else if (test.is_multi_stage() && name.find('.') != std::string_view::npos) {
    check.add(rule("SR608"), {}, "as",
              "has a dot in its name, which a multi-stage test may not have");
  }
}

void check_test_names_unique(const ConfigCheck& file) {
  std::map<std::string_view, Place> first;
  for (std::size_t i = 0; i < file.config().tests.size(); ++i) {
    const Text& as = file.config().tests[i]->as;
    if (as->empty()) continue;
    const auto [earlier, is_new] = first.emplace(*as, as.place);
    if (is_new) continue;
    const TestCheck check(file, i);
    check.add(rule("SR609"), {}, "as", "has the name of an earlier test")
        .notes.push_back({Location::of(earlier->second), "first here"});
  }
}

}  // namespace stepreg::rules
