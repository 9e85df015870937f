#include "generate/registry_text.h"

#include <algorithm>

#include "generate/words.h"

namespace stepreg::generate {

namespace {

// Lines of YAML. Some people indent lists, some do not.
class Lines {
 public:
  explicit Lines(bool wide) : wide_(wide) {}

  void line(std::size_t indent, std::string_view text) {
    text_.append(indent, ' ').append(text).append("\n");
  }
  void pair(std::size_t indent, std::string_view key, std::string_view value) {
    line(indent, std::string(key) + ": " + scalar(value));
  }
  // Where the dash of a list below a key at `indent` stands.
  std::size_t list(std::size_t indent) const { return wide_ ? indent + 2 : indent; }
  // The first key of an item has the dash.
  void item(std::size_t indent, std::string_view key, std::string_view value) {
    pair(list(indent), "- " + std::string(key), value);
  }
  std::size_t inside(std::size_t indent) const { return list(indent) + 2; }
  void block(std::string text) { text_ += text; }
  std::string take() { return std::move(text_); }

 private:
  bool wide_;
  std::string text_;
};

Random random_for(const Components& components, const std::string& name) {
  return Random(components.shape.seed).fork(name);
}

void documentation(Lines& out, const Components& components, Random& random, std::size_t most) {
  if (random.chance(1, 11)) return;
  const std::size_t bytes = components.shape.long_texts ? 60 + random.skewed(most) : 20;
  if (random.chance(1, 4)) {
    out.pair(2, "documentation", prose(random, bytes));
    return;
  }
  out.line(2, random.chance(1, 5) ? "documentation: >-" : "documentation: |-");
  out.block(prose_block(random, bytes, 4));
}

void image(Lines& out, const std::string& from) {
  const std::size_t slash = from.find('/');
  if (slash == std::string::npos) {
    out.pair(2, "from", from);
    return;
  }
  const std::size_t colon = from.find(':');
  out.line(2, "from_image:");
  out.pair(4, "namespace", from.substr(0, slash));
  out.pair(4, "name", from.substr(slash + 1, colon - slash - 1));
  out.pair(4, "tag", from.substr(colon + 1));
}

void resources(Lines& out, Random& random) {
  constexpr std::string_view kCpu[] = {"10m", "100m", "100m", "300m", "1000m"};
  constexpr std::string_view kMemory[] = {"100Mi", "100Mi", "200Mi", "300Mi", "1Gi"};
  out.line(2, "resources:");
  if (random.chance(92, 1487)) {
    out.line(4, "limits:");
    out.line(6, "memory: 2Gi");
  }
  out.line(4, "requests:");
  out.line(6, "cpu: " + std::string(random.pick(kCpu)));
  out.line(6, "memory: " + std::string(random.pick(kMemory)));
}

void parameter(Lines& out, const Components& components, std::uint32_t index,
               const std::optional<std::string>& value, Random& random) {
  const Parameter& parameter = components.parameters[index];
  out.item(2, "name", parameter.name);
  const std::size_t in = out.inside(2);
  if (value) out.pair(in, "default", *value);
  if (random.chance(1, 3)) return;
  if (random.chance(1, 2)) {
    out.pair(in, "documentation", parameter.documentation);
  } else {
    out.line(in, "documentation: |-");
    out.line(in + 2, parameter.documentation);
  }
}

void inputs(Lines& out, const Components& components, const Step& step, Random& random) {
  if (!step.env.empty()) {
    out.line(2, "env:");
    for (const Declaration& each : step.env) {
      parameter(out, components, each.parameter,
                each.required ? std::nullopt : std::optional(each.value), random);
    }
  }
  if (!step.dependencies.empty()) {
    out.line(2, "dependencies:");
    for (const Dependency& each : step.dependencies) {
      out.item(2, "name", each.image);
      out.pair(out.inside(2), "env", each.variable);
    }
  }
  if (!step.leases.empty()) {
    out.line(2, "leases:");
    for (const Lease& each : step.leases) {
      out.item(2, "resource_type", each.type);
      out.pair(out.inside(2), "env", each.variable);
    }
  }
  if (!step.credentials.empty()) {
    out.line(2, "credentials:");
    for (const Credential& each : step.credentials) {
      out.item(2, "namespace", "test-credentials");
      out.pair(out.inside(2), "name", each.name);
      out.pair(out.inside(2), "mount_path", each.mount_path);
    }
  }
}

void entries(Lines& out, const Components& components, std::size_t indent,
             const std::vector<Entry>& list, const std::string& owner) {
  for (const Entry& entry : list) {
    switch (entry.kind) {
      case Entry::Kind::ref:
        out.item(indent, "ref", components.steps[entry.index].name);
        break;
      case Entry::Kind::chain:
        out.item(indent, "chain", components.chains[entry.index].name);
        break;
      case Entry::Kind::literal: {
        const std::size_t in = out.inside(indent);
        out.item(indent, "as", "note-" + std::to_string(entry.index));
        out.pair(in, "from", "cli");
        out.line(in, "commands: |");
        out.line(in + 2, "echo \"this is " + owner + "\"");
        out.line(in + 2, "oc version --client");
        out.line(in, "resources:");
        out.line(in + 2, "requests:");
        out.line(in + 4, "cpu: 10m");
        break;
      }
    }
  }
}

}  // namespace

std::string step_text(const Components& components, const Step& step) {
  Random random = random_for(components, step.name);
  Lines out(random.chance(1, 3));
  out.line(0, "ref:");
  out.pair(2, "as", step.name);
  image(out, step.image);
  if (step.cli) out.line(2, "cli: latest");
  if (!step.grace.empty()) out.line(2, "grace_period: " + step.grace);
  out.pair(2, "commands", step.name + "-commands.sh");
  if (!step.timeout.empty()) out.line(2, "timeout: " + step.timeout);
  if (step.optional_on_success) out.line(2, "optional_on_success: true");
  if (step.best_effort) out.line(2, "best_effort: true");
  resources(out, random);
  inputs(out, components, step, random);
  if (random.chance(17, 1487)) {
    out.line(2, "dnsConfig:");
    out.line(4, "nameservers:");
    out.line(out.list(4), "- 172.30.38.188");
    out.line(4, "searches:");
    out.line(out.list(4), "- harbor-infra.example.com");
  }
  documentation(out, components, random, 2000);
  return out.take();
}

std::string chain_text(const Components& components, const Chain& chain) {
  Random random = random_for(components, "chain " + chain.name);
  Lines out(random.chance(1, 3));
  out.line(0, "chain:");
  out.pair(2, "as", chain.name);
  out.line(2, "steps:");
  entries(out, components, 2, chain.entries, chain.name);
  if (!chain.env.empty()) {
    out.line(2, "env:");
    for (const Setting& each : chain.env) {
      parameter(out, components, each.parameter, each.value, random);
    }
  }
  documentation(out, components, random, 1300);
  return out.take();
}

std::string workflow_text(const Components& components, const Workflow& workflow) {
  constexpr std::string_view kPhases[] = {"pre:", "test:", "post:"};
  Random random = random_for(components, "workflow " + workflow.name);
  Lines out(random.chance(1, 3));
  out.line(0, "workflow:");
  out.pair(2, "as", workflow.name);
  out.line(2, "steps:");
  if (workflow.skip_on_success) out.line(4, "allow_skip_on_success: true");
  if (workflow.best_effort) out.line(4, "allow_best_effort_post_steps: true");
  if (!workflow.profile.empty()) out.pair(4, "cluster_profile", workflow.profile);
  for (std::size_t phase = 0; phase < 3; ++phase) {
    if (workflow.phases[phase].empty()) continue;
    out.line(4, kPhases[phase]);
    entries(out, components, 4, workflow.phases[phase], workflow.name);
  }
  if (!workflow.env.empty()) out.line(4, "env:");
  for (const Setting& each : workflow.env) {
    out.pair(6, components.parameters[each.parameter].name, *each.value);
  }
  if (!workflow.dependencies.empty()) out.line(4, "dependencies:");
  for (const Dependency& each : workflow.dependencies) out.pair(6, each.variable, each.image);
  if (!workflow.leases.empty()) out.line(4, "leases:");
  for (const Lease& each : workflow.leases) {
    out.item(4, "resource_type", each.type);
    out.pair(out.inside(4), "env", each.variable);
    out.line(out.inside(4), "count: 2");
  }
  if (workflow.dns) {
    out.line(4, "dnsConfig:");
    out.line(6, "nameservers:");
    out.line(out.list(6), "- 172.30.38.188");
  }
  documentation(out, components, random, 2300);
  return out.take();
}

std::string observer_text(const Components& components, const Observer& observer) {
  Random random = random_for(components, observer.name);
  Lines out(false);
  out.line(0, "observer:");
  out.pair(2, "name", observer.name);
  out.line(2, "from: cli");
  out.pair(2, "commands", observer.name + "-commands.sh");
  out.line(2, "timeout: 1h");
  resources(out, random);
  if (observer.has_parameter) {
    out.line(2, "env:");
    out.item(2, "name", variable_name(observer.name) + "_INTERVAL");
    out.pair(out.inside(2), "default", "30");
  }
  documentation(out, components, random, 200);
  return out.take();
}

}  // namespace stepreg::generate
