#include <algorithm>
#include <array>

#include "generate/generate.h"
#include "generate/make_tests.h"
#include "generate/naming.h"
#include "generate/node.h"
#include "generate/words.h"

namespace stepreg::generate {

namespace {

constexpr std::string_view kMainOrg = "harborworks";
constexpr std::string_view kMirrorOrg = "harborworks-priv";
constexpr const char* kTail =
    "zz_generated_metadata:\n  branch: @BRANCH@\n  org: @ORG@\n  repo: @REPO@\n@VARIANT@";
constexpr std::size_t kNewest = 18;  // 4.18; `main` is developed for 4.19

// A repository: what its branches have in common. `@NAME@` stands for what differs.
struct Repo {
  std::string org, name;
  // The file without its tests: what sorts before `promotion`, that part, what sorts behind it.
  std::string head, promotion, rest;
  std::vector<std::string> tests;
  std::vector<std::string> variants;  // "" for the file without one
  std::size_t branches = 1;
  bool mirrored = false;
};

struct Branch {
  std::string name, version;
};

using Values = std::array<std::pair<std::string_view, std::string>, 5>;

std::string filled(const std::string& text, const Values& values) {
  std::string result;
  result.reserve(text.size() + 64);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find('@', at);
    result.append(text, at, begin - at);
    if (begin == std::string::npos) break;
    const std::size_t end = text.find('@', begin + 1);
    const std::string_view name(text.data() + begin + 1, end - begin - 1);
    for (const auto& [key, value] : values) {
      if (key == name) result += value;
    }
    at = end + 1;
  }
  return result;
}

class ConfigWriter {
 public:
  ConfigWriter(const Components& components, const Put& put)
      : components_(components),
        put_(put),
        random_(Random(components.shape.seed).fork("configs")),
        tests_(components_, random_.fork("tests")) {}

  void write() {
    const std::size_t wanted = components_.shape.configs;
    while (written_ + 1 < wanted) write_repo(make_repo(), wanted - 1);
    write_repo(users_of_the_rest(), wanted);
  }

 private:
  static constexpr std::size_t kRealConfigs = 11519;

  Node image_tag(std::string_view space, std::string_view name, std::string_view tag) {
    Node node;
    node["name"] = name;
    node["namespace"] = space;
    node["tag"] = tag;
    return node;
  }

  void add_images(Node& config, const std::string& repo, TestMaker::Surroundings& around) {
    const std::size_t number = 1 + random_.skewed(7);
    for (std::size_t i = 0; i < number; ++i) {
      const std::string to =
          i == 0 ? repo : repo + "-" + std::string(random_.pick(qualifier_words()));
      if (!around.names.insert(to).second) continue;
      Node image;
      image["dockerfile_path"] =
          i == 0 ? std::string("Dockerfile") : "images/" + to + "/Dockerfile.rhel";
      image["from"] = i % 2 == 0 ? "base" : "base-tools";
      if (random_.chance(1, 2)) {
        Node& input = image["inputs"]["builder-golang"];
        input["as"].add(
            "registry.ci.example.com/ocp/builder:rhel-9-golang-1.22-openshift-@VERSION@");
        if (random_.chance(1, 4)) input["as"].add("builder");
      }
      image["to"] = to;
      config["images"]["items"].add(image);
      around.images.push_back(to);
    }
  }

  void add_base_images(Node& config) {
    Node& images = config["base_images"];
    images["base"] = image_tag("ocp", "@VERSION@", "base-rhel9");
    images["base-tools"] = image_tag("ocp", "@VERSION@", "tools");
    images["builder-golang"] =
        image_tag("ocp", "builder", "rhel-9-golang-1.22-openshift-@VERSION@");
    const std::size_t more = random_.skewed(9);
    for (std::size_t i = 0; i < more; ++i) {
      const std::string topic(random_.pick(topic_words()));
      images["ocp-" + topic] = image_tag("ocp", "@VERSION@", topic);
    }
  }

  void add_promotion(Node& config, const std::string& org) {
    Node target;
    if (org == kMainOrg) {
      target["name"] = "@VERSION@";
      target["namespace"] = "ocp";
    } else {
      target["namespace"] = org;
      target["tag"] = Node::bare("@BRANCH@");
    }
    config["promotion"]["to"].add(target);
  }

  void add_releases(Node& config, bool initial) {
    for (const char* const name : {"initial", "latest"}) {
      if (!initial && name == std::string_view("initial")) continue;
      Node& integration = config["releases"][name]["integration"];
      if (name == std::string_view("latest")) {
        integration["include_built_images"] = Node::bare("true");
      }
      integration["name"] = "@VERSION@";
      integration["namespace"] = "ocp";
    }
  }

  void add_resources(Node& config, const std::vector<std::string>& images) {
    Node& all = config["resources"];
    all["*"]["limits"]["memory"] = "4Gi";
    all["*"]["requests"]["cpu"] = "100m";
    all["*"]["requests"]["memory"] = "200Mi";
    for (const std::string& image : images) {
      if (!random_.chance(1, 4)) continue;
      all[image]["requests"]["cpu"] = "1";
      all[image]["requests"]["memory"] = "2Gi";
    }
  }

  Repo make_repo() {
    Repo repo;
    const auto orgs = org_words();
    const bool main = random_.chance(2, 5);
    repo.org = main ? kMainOrg : orgs[1 + random_.skewed(orgs.size() - 1)];
    repo.name = std::string(random_.pick(area_words())) + "-" +
                std::string(random_.pick(topic_words())) + "-" + std::to_string(++repos_);
    repo.branches = main ? random_.range(6, kNewest + 1) : 1 + random_.skewed(8);
    repo.mirrored = main && random_.chance(3, 5);
    const bool many = random_.chance(1, 60);  // the tests of a quality team
    repo.variants = {""};
    if (many) {
      repo.variants = {"amd64-nightly", "arm64-nightly", "amd64-stable"};
      repo.branches = random_.range(2, 6);
      repo.mirrored = false;
    } else if (random_.chance(1, 5)) {
      repo.variants.push_back(std::string(random_.pick(qualifier_words())));
    }
    const std::size_t containers = many ? 0 : random_.below(4) + random_.skewed(4);
    const std::size_t stages = many ? many_tests() : random_.below(main ? 7 : 5);
    fill(repo, containers, stages);
    return repo;
  }

  std::size_t many_tests() {
    return components_.shape.rich ? random_.range(4, 10) : random_.range(30, 130);
  }

  Repo users_of_the_rest() {
    Repo repo;
    repo.org = kMainOrg;
    repo.name = "registry-users";
    repo.variants = {""};
    fill(repo, 1, 1);
    return repo;
  }

  void fill(Repo& repo, std::size_t containers, std::size_t stages) {
    Node config;
    TestMaker::Surroundings around;
    around.org = repo.org;
    around.test_images = {"src"};
    add_base_images(config);
    add_images(config, repo.name, around);
    config["build_root"]["image_stream_tag"] =
        image_tag("openshift", "release", "rhel-9-release-golang-1.22-openshift-@VERSION@");
    if (random_.chance(3964, kRealConfigs)) {
      config["binary_build_commands"] = "make build --warn-undefined-variables";
      around.test_images.push_back("bin");
    }
    if (random_.chance(2056, kRealConfigs)) {
      config["test_binary_build_commands"] = "make test-build";
      around.test_images.push_back("test-bin");
    }
    if (random_.chance(4919, kRealConfigs)) {
      config["canonical_go_repository"] = "github.com/upstream/" + repo.name;
    }
    bool initial = random_.chance(1, 3);
    const auto add = [&](const TestMaker::Test& test) {
      initial = initial || test.needs_initial;
      repo.tests.push_back(test.node.item());
    };
    for (std::size_t i = 0; i < containers; ++i) add(tests_.container_test(around));
    for (std::size_t i = 0; i < stages; ++i) add(tests_.multi_stage_test(around));
    while (repo.name == "registry-users" && tests_.has_unused())
      add(tests_.multi_stage_test(around));
    add_releases(config, initial);
    add_resources(config, around.images);
    add_promotion(config, repo.org);
    split_at_promotion(config, repo);
  }

  // The mirror and variants do not publish, so that part stands for itself.
  static void split_at_promotion(const Node& config, Repo& repo) {
    const std::string text = config.document();
    const std::size_t begin = text.find("\npromotion:\n") + 1;
    const std::size_t end = text.find("\nreleases:\n", begin) + 1;
    repo.head = text.substr(0, begin);
    repo.promotion = text.substr(begin, end - begin);
    repo.rest = text.substr(end);
  }

  static std::vector<Branch> branches_of(const Repo& repo) {
    std::vector<Branch> branches = {{"main", "4." + std::to_string(kNewest + 1)}};
    for (std::size_t i = 1; i < repo.branches; ++i) {
      const std::string version = "4." + std::to_string(kNewest + 1 - i);
      branches.push_back({"release-" + version, version});
    }
    return branches;
  }

  void write_repo(const Repo& repo, std::size_t until) {
    for (const bool mirror : {false, true}) {
      if (mirror && !repo.mirrored) continue;
      const std::string org = mirror ? std::string(kMirrorOrg) : repo.org;
      put_owners(org, repo.name);
      for (const Branch& branch : branches_of(repo)) {
        for (const std::string& variant : repo.variants) {
          if (written_ >= until) return;
          write_config(repo, org, branch, variant, !mirror && variant.empty());
        }
      }
    }
  }

  void put_owners(const std::string& org, const std::string& repo) {
    std::string text = "# synchronised from " + org + "/" + repo + "\n\napprovers:\n";
    for (std::size_t i = 0; i < 5; ++i)
      text += "- " + std::string(random_.pick(topic_words())) + "-dev\n";
    put_({kConfigFolder + org + "/" + repo + "/OWNERS",
          text + "options: {}\nreviewers:\n- " + repo + "-dev\n"});
  }

  void write_config(const Repo& repo, const std::string& org, const Branch& branch,
                    const std::string& variant, bool publishes) {
    const Values values = {{{"VERSION", branch.version},
                            {"BRANCH", branch.name},
                            {"ORG", org},
                            {"REPO", repo.name},
                            {"VARIANT", variant.empty() ? "" : "  variant: " + variant + "\n"}}};
    std::string text = filled(repo.head + (publishes ? repo.promotion : "") + repo.rest, values);
    const bool all = branch.name == "main" && variant == repo.variants.front();
    bool begun = false;
    for (const std::string& test : repo.tests) {
      if (!all && random_.chance(1, 8)) continue;
      if (!begun) text += "tests:\n";
      begun = true;
      text += filled(test, values);
    }
    text += filled(kTail, values);
    const std::string stem =
        org + "-" + repo.name + "-" + branch.name + (variant.empty() ? "" : "__" + variant);
    put_({kConfigFolder + org + "/" + repo.name + "/" + stem + ".yaml", std::move(text)});
    ++written_;
  }

  Components components_;
  const Put& put_;
  Random random_;
  TestMaker tests_;
  std::size_t written_ = 0, repos_ = 0;
};

}  // namespace

void put_configs(const Components& components, const Put& put) {
  ConfigWriter(components, put).write();
}

}  // namespace stepreg::generate
