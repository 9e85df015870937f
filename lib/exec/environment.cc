#include "exec/environment.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

constexpr std::string_view kReserved[] = {
    "OPENSHIFT_CI",
    "CI",
    "SHARED_DIR",
    "ARTIFACT_DIR",
    "CLUSTER_PROFILE_DIR",
    "CLUSTER_PROFILE_NAME",
    "CLUSTER_TYPE",
    "CLUSTER_PROFILE_SET_NAME",
    "KUBECONFIG",
    "KUBECONFIGMINIMAL",
    "LEASED_RESOURCE",
    "KUBEADMIN_PASSWORD_FILE",
    "NAMESPACE",
    "JOB_NAME_SAFE",
    "JOB_NAME_HASH",
    "UNIQUE_HASH",
    "JOB_NAME",
    "JOB_TYPE",
    "BUILD_ID",
    "BUILD_NUMBER",
    "PROW_JOB_ID",
    "JOB_SPEC",
    "HOME",
    "ENTRYPOINT_OPTIONS",
};

// Handed on from the caller when they are set there.
constexpr const char* kPassed[] = {"LANG",     "TZ",         "http_proxy",  "https_proxy",
                                   "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"};
constexpr const char* kDefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

using Map = std::map<std::string, std::string>;

std::string user_name() {
  const passwd* entry = ::getpwuid(::getuid());
  return entry ? entry->pw_name : std::to_string(::getuid());
}

void add_base(Map& env, const plan::Plan& plan) {
  const char* path = std::getenv("PATH");
  env["PATH"] = path && *path ? path : kDefaultPath;
  for (const char* name : kPassed) {
    if (const char* value = std::getenv(name)) env[name] = value;
  }
  env["TERM"] = "dumb";
  static const std::string user = user_name();
  env["USER"] = env["LOGNAME"] = user;
  for (const std::string& name : plan.machine.pass_env) {
    if (const char* value = std::getenv(name.c_str())) env[name] = value;
  }
}

// What Prow would say about a periodic job.
std::string job_spec(const plan::Job& job, const std::string& run_id) {
  nlohmann::ordered_json spec = {
      {"type", "periodic"}, {"job", job.id}, {"buildid", run_id}, {"prowjobid", run_id}};
  if (!job.org.empty()) {
    spec["extra_refs"] = {{{"org", job.org}, {"repo", job.repo}, {"base_ref", job.branch}}};
  }
  return spec.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void add_job(Map& env, const plan::Job& job, const StepSurroundings& around) {
  std::string safe = job.test;
  std::replace(safe.begin(), safe.end(), '_', '-');
  env["OPENSHIFT_CI"] = env["CI"] = "true";
  env["NAMESPACE"] = "run-" + around.run_id;
  env["JOB_NAME"] = job.id;
  env["JOB_NAME_SAFE"] = safe;
  env["JOB_NAME_HASH"] = sha256_hex(job.id).substr(0, 5);
  env["UNIQUE_HASH"] = sha256_hex(around.run_id).substr(0, 5);
  env["JOB_TYPE"] = "periodic";
  env["BUILD_ID"] = env["BUILD_NUMBER"] = env["PROW_JOB_ID"] = around.run_id;
  env["JOB_SPEC"] = job_spec(job, around.run_id);
  if (job.cluster_profile && !around.profile_dir.empty()) {
    env["CLUSTER_PROFILE_DIR"] = around.profile_dir;
    env["CLUSTER_PROFILE_NAME"] = job.cluster_profile->name;
    env["CLUSTER_TYPE"] = job.cluster_profile->cluster_type;
    if (!job.cluster_profile->set_members.empty()) {
      env["CLUSTER_PROFILE_SET_NAME"] = job.cluster_profile->name;
    }
  }
}

void add_directories(Map& env, const StepSurroundings& around, bool kubeconfig) {
  env["SHARED_DIR"] = around.shared_dir;
  env["ARTIFACT_DIR"] = around.artifact_dir;
  env["HOME"] = around.home;
  if (kubeconfig) {
    env["KUBECONFIG"] = around.kubeconfig;
    env["KUBECONFIGMINIMAL"] = around.committed_shared + "/kubeconfig-minimal";
    env["KUBEADMIN_PASSWORD_FILE"] = around.committed_shared + "/kubeadmin-password";
  }
}

void add_own(Map& env, const plan::Plan& plan, const StepSurroundings& around) {
  env["STEPRUN_RUN_ID"] = around.run_id;
  env["STEPRUN_JOB"] = plan.job.id;
  env["STEPRUN_RUN_DIR"] = around.run_dir;
  env["STEPRUN_STATUS_FILE"] = around.status_file;
  env["STEPRUN_ATTEMPT"] = std::to_string(around.attempt);
  if (around.deadline_epoch_s) env["STEPRUN_DEADLINE"] = plain_number(*around.deadline_epoch_s);
  if (around.effective_s) env["STEPRUN_TIMEOUT"] = plain_number(*around.effective_s);
  env["STEPRUN_GRACE"] = plain_number(around.grace_s.value_or(0));
  if (!around.timeout_file.empty()) env["STEPRUN_TIMEOUT_FILE"] = around.timeout_file;
}

void add_post(Map& env, const StepSurroundings& around) {
  env["STEPRUN_OUTCOME"] = around.outcome;
  env["STEPRUN_FIRST_FAILURE"] = around.first_failure;
  env["STEPRUN_PRE_STARTED"] = around.pre_started ? "true" : "false";
  env["STEPRUN_RESUMED"] = around.resumed ? "true" : "false";
}

// The pull spec that the plan or the machine gives; the image's name when nobody knows it.
std::string pull_spec(const plan::Plan& plan, const plan::Dependency& dependency) {
  if (dependency.pull_spec) return *dependency.pull_spec;
  for (const auto& [image, spec] : plan.machine.images) {
    if (image == dependency.image) return spec;
  }
  return dependency.image;
}

std::vector<std::string> flattened(const Map& env) {
  std::vector<std::string> out;
  for (const auto& [name, value] : env) out.push_back(name + "=" + value);
  return out;
}

}  // namespace

bool is_reserved_variable(std::string_view name) {
  return name.starts_with("STEPRUN_") ||
         std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

std::vector<std::string> step_environment(const plan::Plan& plan, const plan::Step& step,
                                          const StepSurroundings& around) {
  Map env;
  add_base(env, plan);
  for (const plan::EnvVar& variable : step.env) env[variable.name] = variable.value.value_or("");
  for (const plan::Dependency& dependency : step.dependencies) {
    env[dependency.env] = pull_spec(plan, dependency);
  }
  for (const auto& [name, value] : around.leases) env[name] = value;
  for (const auto& [name, value] : around.credentials) env[name] = value;
  add_job(env, plan.job, around);
  add_directories(env, around, !step.no_kubeconfig);
  add_own(env, plan, around);
  env["STEPRUN_PHASE"] = plan::phase_name(step.phase);
  env["STEPRUN_STEP"] = step.name;
  if (step.phase == plan::Phase::post) add_post(env, around);
  return flattened(env);
}

std::vector<std::string> observer_environment(const plan::Plan& plan,
                                              const plan::Observer& observer,
                                              const StepSurroundings& around) {
  Map env;
  add_base(env, plan);
  for (const plan::EnvVar& variable : observer.env) {
    env[variable.name] = variable.value.value_or("");
  }
  add_job(env, plan.job, around);
  add_directories(env, around, true);
  add_own(env, plan, around);
  env["STEPRUN_OBSERVER"] = observer.name;
  return flattened(env);
}

}  // namespace stepreg::exec
