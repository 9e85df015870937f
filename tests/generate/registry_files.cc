#include <map>

#include "base/text.h"
#include "generate/generate.h"
#include "generate/naming.h"
#include "generate/registry_text.h"
#include "generate/words.h"
#include "load/metadata.h"

namespace stepreg::generate {

namespace {

class RegistryWriter {
 public:
  RegistryWriter(const Components& components, const Put& put)
      : components_(components), put_(put), random_(Random(components.shape.seed).fork("people")) {}

  void write() {
    put_profiles();
    for (const Step& step : components_.steps) {
      put_component(step.directory, step.name + "-ref.yaml", step_text(components_, step));
      put_script(step);
    }
    for (const Chain& chain : components_.chains) {
      put_component(chain.directory, chain.name + "-chain.yaml", chain_text(components_, chain));
    }
    for (const Workflow& workflow : components_.workflows) {
      put_component(workflow.directory, workflow.name + "-workflow.yaml",
                    workflow_text(components_, workflow));
    }
    for (const Observer& observer : components_.observers) {
      put_component(observer.directory, observer.name + "-observer.yaml",
                    observer_text(components_, observer));
      put(observer.directory, observer.name + "-commands.sh", observer_script());
    }
  }

 private:
  void put(const std::string& directory, const std::string& name, std::string text,
           bool link = false) {
    put_({kRegistryFolder + directory + "/" + name, std::move(text), link});
  }

  void put_script(const Step& step) {
    const std::string name = step.name + "-commands.sh";
    if (step.script_of.empty()) {
      put(step.directory, name, script_text(components_, step));
      return;
    }
    std::string up;
    for (std::size_t i = 0; i < split(step.directory, '/').size(); ++i) up += "../";
    put(step.directory, name, up + step.script_of + "-commands.sh", true);
  }

  void put_component(const std::string& directory, const std::string& name, std::string text) {
    const load::People& people = people_of(directory);
    const std::string path = directory + "/" + name;
    put_({kRegistryFolder + path, std::move(text)});
    put_({kRegistryFolder + load::metadata_path(path), load::metadata_text(path, people)});
  }

  // Puts an OWNERS file into the directory and those above it, if they are met for the first time.
  // Most of them are links to that of the directory above.
  const load::People& people_of(const std::string& directory) {
    const auto found = people_.find(directory);
    if (found != people_.end()) return found->second;
    const std::size_t slash = directory.rfind('/');
    if (slash != std::string::npos) {
      const load::People above = people_of(directory.substr(0, slash));
      if (random_.chance(3, 5)) {
        put(directory, "OWNERS", "../OWNERS", true);
        return people_[directory] = above;
      }
    }
    load::People people;
    people.approvers = names(random_.range(2, 6));
    people.reviewers = names(random_.range(1, 5));
    put(directory, "OWNERS",
        "approvers:\n" + list(people.approvers) + "reviewers:\n" + list(people.reviewers));
    return people_[directory] = people;
  }

  std::vector<std::string> names(std::size_t number) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < number; ++i) {
      names.push_back(std::string(random_.pick(topic_words())) + "-" +
                      std::string(random_.pick(area_words())));
    }
    return names;
  }

  static std::string list(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += "- " + item + "\n";
    return text;
  }

  void put_profiles() {
    std::string text = "cluster_profiles:\n";
    for (const Profile& profile : components_.profiles) {
      text += "- name: " + profile.name + "\n";
      if (!profile.owner.empty()) text += "  owners:\n  - org: " + profile.owner + "\n";
      text += "  cluster_type: " + profile.type + "\n  lease_type: " + profile.name +
              "-quota-slice\n  secret: cluster-secrets-" + profile.name + "\n";
    }
    put_component("cluster-profiles", "cluster-profiles-config.yaml", std::move(text));
  }

  const Components& components_;
  const Put& put_;
  Random random_;
  std::map<std::string, load::People> people_;  // by directory
};

}  // namespace

void put_registry(const Components& components, const Put& put) {
  RegistryWriter(components, put).write();
}

void put_settings(const Put& put) {
  put({".stepreg.yaml", "registry: step-registry\nconfigs: config\nshellcheck: never\n"});
}

void generate(const Shape& shape, const Put& put) {
  const Components components = make_components(shape);
  put_settings(put);
  put_registry(components, put);
  put_configs(components, put);
}

}  // namespace stepreg::generate
