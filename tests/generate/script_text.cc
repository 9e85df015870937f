#include "generate/registry_text.h"
#include "generate/words.h"

namespace stepreg::generate {

namespace {

std::string comment(Random& random) {
  std::string text = prose_block(random, random.range(60, 400), 0);
  std::string result = "# ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text[i] == '\n' && i + 1 < text.size()) result += "# ";
  }
  return result;
}

std::string waiting(const std::string& topic, const std::string& number) {
  return "function wait_for_" + variable_name(topic) + "_" + number + "() {\n" +
         "  local deadline=$((SECONDS + 600))\n"
         "  until oc get " +
         topic + " -n openshift-" + topic +
         " -o jsonpath='{.items[*].metadata.name}' >/dev/null 2>&1; do\n"
         "    if ((SECONDS > deadline)); then\n"
         "      echo \"$(date -u --rfc-3339=seconds) - " +
         topic +
         " is not ready, giving up\"\n"
         "      return 1\n"
         "    fi\n"
         "    sleep 15\n"
         "  done\n"
         "}\n"
         "wait_for_" +
         variable_name(topic) + "_" + number + "\n";
}

std::string manifest(const std::string& topic, const std::string& number, const std::string& text) {
  return "cat > \"${SHARED_DIR}/manifest_" + topic + "_" + number +
         ".yml\" <<EOF\n"
         "apiVersion: v1\n"
         "kind: ConfigMap\n"
         "metadata:\n"
         "  name: " +
         topic + "-" + number +
         "\n"
         "  namespace: openshift-" +
         topic +
         "\n"
         "data:\n"
         "  config.yaml: |\n"
         "    replicas: " +
         number +
         "\n"
         "    text: " +
         text +
         "\n"
         "EOF\n";
}

std::string loop(const std::string& topic, const std::string& number) {
  const std::string file = "\"${ARTIFACT_DIR}/" + topic + "-" + number + ".txt\"";
  return "oc get nodes -o json | jq -r '.items[] | select(.metadata.labels[\"kubernetes.io/os\"] "
         "== "
         "\"linux\") | .metadata.name' > " +
         file +
         "\n"
         "while IFS= read -r item; do\n"
         "  case \"${item}\" in\n"
         "    master-*) echo \"skipping ${item}\" ;;\n"
         "    *)\n"
         "      if ! oc debug \"node/${item}\" -- chroot /host systemctl status " +
         topic +
         "; then\n"
         "        echo \"" +
         topic +
         " is not healthy on ${item}\"\n"
         "        exit " +
         number.substr(0, 1) +
         "\n"
         "      fi\n"
         "      ;;\n"
         "  esac\n"
         "done < " +
         file + "\n";
}

std::string head(const Components& components, const Step& step) {
  std::string text = "#!/bin/bash\n\nset -o nounset\nset -o errexit\nset -o pipefail\n\n";
  if (!step.grace.empty()) {
    text +=
        "trap 'CHILDREN=$(jobs -p); if test -n \"${CHILDREN}\"; then kill ${CHILDREN} && wait; fi' "
        "TERM\n\n";
  }
  for (const Declaration& each : step.env) {
    const std::string& name = components.parameters[each.parameter].name;
    text += "echo \"" + name + " is ${" + name + "}\"\n";
  }
  for (const Dependency& each : step.dependencies) {
    text += "oc adm release info \"${" + each.variable + "}\" --commits || true\n";
  }
  for (const Lease& each : step.leases) text += "echo \"leased ${" + each.variable + "}\"\n";
  for (const Credential& each : step.credentials) {
    text += "[[ -r " + each.mount_path + "/token ]] || exit 1\n";
  }
  return text;
}

}  // namespace

std::string script_text(const Components& components, const Step& step) {
  Random random = Random(components.shape.seed).fork("script " + step.name);
  std::string text = head(components, step);
  for (std::size_t number = 1; text.size() < step.script_bytes; ++number) {
    const std::string topic(random.pick(topic_words()));
    const std::string count = std::to_string(number);
    text += "\n" + comment(random);
    switch (random.below(3)) {
      case 0:
        text += waiting(topic, count);
        break;
      case 1:
        text += manifest(topic, count, prose(random, random.range(20, 200)));
        break;
      default:
        text += loop(topic, count);
    }
  }
  return text;
}

std::string observer_script() {
  return "#!/bin/bash\n\nset -o nounset\n\nwhile true; do\n"
         "  oc get nodes -o wide >> \"${ARTIFACT_DIR}/nodes.log\" 2>&1\n"
         "  sleep 30\n"
         "done\n";
}

}  // namespace stepreg::generate
