#include "render/plan_script.h"

#include <algorithm>
#include <cmath>

#include "base/shell.h"
#include "base/text.h"
#include "render/plan_text.h"

namespace stepreg::render {

namespace {

// The frame of every script. `shellcheck` must stay silent about it.
constexpr const char* kFrame = R"(set -o nounset

work=$(mktemp -d)
export SHARED_DIR=$work/shared ARTIFACT_DIR=$work/artifacts
mkdir -p "$SHARED_DIR" "$ARTIFACT_DIR"
phases_failed=0  # a step of pre or test failed
post_failed=0    # a step of post failed, and that counts

# limited SECONDS GRACE COMMAND...: TERM after SECONDS (0: never), KILL after GRACE more.
limited() {
  local seconds=$1 grace=$2
  shift 2
  timeout --signal=TERM --kill-after="$grace" "$seconds" "$@"
}
)";

// One line, safe in a comment.
std::string comment_text(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return out;
}

std::string who(const plan::Origin& origin) {
  if (origin.file.empty()) return origin.source;
  return comment_text(origin.source + ", " + origin.file + ":" + std::to_string(origin.line));
}

std::string seconds_text(const plan::Limit& limit) {
  return std::to_string(limit.seconds ? std::llround(std::ceil(*limit.seconds)) : 0);
}

std::string export_line(const std::string& name, const std::string& value,
                        const std::string& remark) {
  const std::string shown = value.empty() ? "''" : shell_quoted(value);
  return "  export " + name + "=" + shown + "  # " + remark + "\n";
}

// A delimiter that is no line of the text.
std::string delimiter_for(const std::string& text) {
  std::string delimiter = "END_OF_SCRIPT";
  while (text.find(delimiter) != std::string::npos) delimiter += "_";
  return delimiter;
}

class ScriptWriter {
 public:
  explicit ScriptWriter(const plan::Plan& plan) : plan_(plan) {}
  std::string write();

 private:
  void head();
  void leases();
  void observers();
  void phase(plan::Phase phase);
  void step(const plan::Step& step, std::size_t number, std::size_t count);
  void values(const std::vector<plan::EnvVar>& env);
  void dependencies(const plan::Step& step);
  std::string command(const plan::Script& script);
  void after(const plan::Step& step);

  const plan::Plan& plan_;
  std::string out_;
};

void ScriptWriter::head() {
  out_ += "#!/bin/bash\n# " + comment_text(plan_.job.id) + " as one script, for reading.\n";
  out_ +=
      "# It runs on this machine and not in the images of the steps, and it waits for no lease.\n";
  if (plan_.partial) out_ += "# Partial: something of this job is missing or wrong.\n";
  for (const std::string& problem : plan_.problems) {
    out_ += "# Problem: " + comment_text(problem) + "\n";
  }
  if (plan_.job.cluster_profile) {
    out_ += "# Cluster profile: " + comment_text(plan_.job.cluster_profile->name) + "\n";
  }
  if (plan_.job.timeout.seconds) {
    out_ += "# Limit of the job: " + limit_text(plan_.job.timeout) + "\n";
  }
  out_ += kFrame;
  const auto in_registry = [](const auto& part) { return !part.script.path.empty(); };
  if (std::any_of(plan_.steps.begin(), plan_.steps.end(), in_registry) ||
      std::any_of(plan_.observers.begin(), plan_.observers.end(), in_registry)) {
    out_ += "\nregistry=${1:-.}  # the directory of the step registry\n";
  }
}

void ScriptWriter::leases() {
  if (plan_.leases.empty()) return;
  out_ += "\n# Leases: set these to the names of resources that you hold.\n";
  for (const plan::Lease& lease : plan_.leases) {
    out_ += "export " + lease.env + "=\"${" + lease.env + ":-unknown}\"  # " +
            std::to_string(lease.count) + " x " + comment_text(lease.resource_type) + ", " +
            who(lease.origin) + "\n";
  }
}

void ScriptWriter::values(const std::vector<plan::EnvVar>& env) {
  for (const plan::EnvVar& variable : env) {
    if (variable.value) {
      out_ += export_line(variable.name, *variable.value, who(variable.origin));
    } else {
      out_ += "  export " + variable.name + "=\"${" + variable.name +
              "?is required and nothing sets it}\"\n";
    }
  }
}

void ScriptWriter::dependencies(const plan::Step& step) {
  for (const plan::Dependency& dependency : step.dependencies) {
    const std::string value = dependency.pull_spec.value_or(dependency.image);
    const std::string what = dependency.pull_spec ? "pull spec, " : "stands for the image's spec, ";
    out_ += export_line(dependency.env, value, what + who(dependency.origin));
  }
}

// Writes the text of a script written in place, and returns the words that run it.
std::string ScriptWriter::command(const plan::Script& script) {
  if (!script.path.empty()) {
    const std::string path = "\"$registry\"/" + shell_quoted(script.path);
    return script.run_as_script ? path : "bash " + path;
  }
  const std::string text = script.text.value_or("");
  const std::string delimiter = delimiter_for(text);
  out_ += "  cat > \"$work/script\" <<'" + delimiter + "'\n" + text;
  if (!text.empty() && text.back() != '\n') out_ += '\n';
  out_ += delimiter + "\n";
  if (!script.run_as_script) return "bash \"$work/script\"";
  out_ += "  chmod +x \"$work/script\"\n";
  return "\"$work/script\"";
}

void ScriptWriter::after(const plan::Step& step) {
  if (step.phase != plan::Phase::post) {
    out_ +=
        step.timeout.skip ? ") || [ $? -eq 124 ] || phases_failed=1\n" : ") || phases_failed=1\n";
  } else if (step.best_effort && plan_.job.allow_best_effort_post_steps) {
    out_ += ") || true  # best effort: its failure does not count\n";
  } else {
    out_ += ") || post_failed=1\n";
  }
}

void ScriptWriter::step(const plan::Step& step, std::size_t number, std::size_t count) {
  out_ += "\n# " + std::string(plan::phase_name(step.phase)) + " " + std::to_string(number) +
          " of " + std::to_string(count) + ": " + comment_text(step.name) + "  (" +
          (step.path.empty() ? "written in place" : comment_text(join(step.path, " > "))) + ")\n";
  const std::string image = step.image.from_image.empty() ? step.image.from : step.image.from_image;
  out_ += "# image " + comment_text(image) + ", limit " + limit_text(step.timeout) + ", grace " +
          limit_text(step.grace) + "\n";
  if (step.phase != plan::Phase::post) {
    out_ += "[ \"$phases_failed\" -ne 0 ] || (\n";
  } else if (step.optional_on_success && plan_.job.allow_skip_on_success) {
    out_ += "[ \"$phases_failed\" -eq 0 ] || (  # only after a failure\n";
  } else {
    out_ += "(\n";
  }
  values(step.env);
  dependencies(step);
  const std::string words = command(step.script);
  out_ += "  limited " + seconds_text(step.timeout) + " " + seconds_text(step.grace) + " " + words +
          "\n";
  after(step);
}

void ScriptWriter::observers() {
  if (plan_.observers.empty()) return;
  out_ += "\n# Observers run beside the steps until the last one has ended.\nobservers=()\n";
  for (const plan::Observer& observer : plan_.observers) {
    out_ += "# " + comment_text(observer.name) + "\n(\n";
    values(observer.env);
    const std::string words = command(observer.script);
    out_ += "  limited " + seconds_text(observer.timeout) + " " + seconds_text(observer.grace) +
            " " + words + "\n) &\nobservers+=(\"$!\")\n";
  }
}

void ScriptWriter::phase(plan::Phase phase) {
  std::size_t count = 0, number = 0;
  for (const plan::Step& each : plan_.steps) count += each.phase == phase ? 1 : 0;
  if (count == 0) return;
  if (phase == plan::Phase::post) {
    out_ += "\n# Every step of post runs, whatever happened before.\n";
  }
  for (const plan::Step& each : plan_.steps) {
    if (each.phase == phase) step(each, ++number, count);
  }
}

std::string ScriptWriter::write() {
  head();
  leases();
  observers();
  for (const plan::Phase each : plan::kPhases) phase(each);
  if (!plan_.observers.empty()) out_ += "\nkill \"${observers[@]}\"\nwait\n";
  out_ += "\necho \"shared files and artifacts: $work\"\n";
  out_ += "[ \"$phases_failed\" -eq 0 ] && [ \"$post_failed\" -eq 0 ]\n";
  return std::move(out_);
}

}  // namespace

std::string plan_script(const plan::Plan& plan) {
  return ScriptWriter(plan).write();
}

}  // namespace stepreg::render
