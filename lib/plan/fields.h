// Every field of the plan, once: its key, its member, when it is present, and what it means.
// Writer, reader and JSON Schema are three visitors of these functions, so they cannot drift apart.
// Internal to lib/plan.
#pragma once

#include <concepts>
#include <type_traits>

#include "plan/plan.h"

namespace stepreg::plan {

enum class Presence {
  required,  // a plan without it is refused; always written
  written,   // always written; a hand-written plan may leave it out and gets the default
  sparse,    // left out when it has its default value
};

template <class T, class S>
concept Is = std::same_as<std::remove_const_t<T>, S>;

using enum Presence;

template <class V>
void describe(V& v, Is<Origin> auto& o) {
  v.field("source", o.source, required,
          "Who set the value: `test`, `workflow/NAME`, `chain/NAME`, `ref/NAME`, `observer/NAME`, "
          "`profile/NAME`, `settings`, `command-line` or `default`.");
  v.field("file", o.file, sparse, "The file, relative to the root of its tree.");
  v.field("line", o.line, sparse, "Line, counted from 1.");
  v.field("column", o.column, sparse, "Column in bytes of UTF-8, counted from 1.");
}

template <class V>
void describe(V& v, Is<Overridden> auto& o) {
  v.field("value", o.value, sparse, "The value that lost; absent when it was named without one.");
  v.field("origin", o.origin, sparse, "Where that value was written down.");
}

template <class V>
void describe(V& v, Is<EnvVar> auto& e) {
  v.field("name", e.name, required, "The variable's name.");
  v.field("value", e.value, sparse,
          "Its value; absent only in a partial plan, for a required parameter that is still open.");
  v.field("origin", e.origin, sparse, "Who set the value.");
  v.field("overridden", e.overridden, sparse, "Values that lost, from outermost to innermost.");
}

template <class V>
void describe(V& v, Is<Dependency> auto& d) {
  v.field("env", d.env, required, "The variable that receives the pull spec.");
  v.field("image", d.image, required, "`tag` or `stream:tag`.");
  v.field("pull_spec", d.pull_spec, sparse, "The pull spec that an override gave.");
  v.field("origin", d.origin, sparse, "Who set the image.");
  v.field("overridden", d.overridden, sparse, "Images that lost, from outermost to innermost.");
}

template <class V>
void describe(V& v, Is<Lease> auto& l) {
  v.field("resource_type", l.resource_type, required, "The pool that the resources come from.");
  v.field("env", l.env, required, "The variable that receives the names, joined by blanks.");
  v.field("count", l.count, written, "How many resources; all of them or none are acquired.");
  v.field("origin", l.origin, sparse, "Who asked for the lease.");
}

template <class V>
void describe(V& v, Is<Limit> auto& l) {
  v.field("seconds", l.seconds, sparse, "The limit in seconds; absent: none.");
  v.field("rule", l.rule, written, "The rule that supplied it, such as `timeouts.steps.NAME`.");
  v.field("skip", l.skip, sparse, "If this limit strikes, the job goes on and does not fail.");
  v.field("origin", l.origin, sparse, "Where it was written down.");
}

template <class V>
void describe(V& v, Is<Script> auto& s) {
  v.field("path", s.path, sparse, "The script's file, relative to the registry's root.");
  v.field("sha256", s.sha256, sparse, "SHA-256 of the script's text.");
  v.field("text", s.text, sparse, "The text itself: written in place, or bundled.");
  v.field("run_as_script", s.run_as_script, sparse,
          "Run the file itself, so that its `#!` line applies.");
}

template <class V>
void describe(V& v, Is<Image> auto& i) {
  v.field("from", i.from, sparse, "`tag` or `stream:tag`.");
  v.field("from_image", i.from_image, sparse, "`namespace/name:tag`.");
}

template <class V>
void describe(V& v, Is<Credential> auto& c) {
  v.field("mount_path", c.mount_path, required, "Where a container sees the files.");
  v.field("namespace", c.ns, sparse, "Namespace of the secret.");
  v.field("name", c.name, sparse, "Name of the secret.");
  v.field("collection", c.collection, sparse, "Collection of the secret.");
  v.field("group", c.group, sparse, "Group within the collection.");
  v.field("field", c.field, sparse, "A single field of the group.");
  v.field("as", c.as, sparse, "File name of the field.");
  v.field("bundle", c.bundle, sparse, "Name of a bundle of secrets.");
  v.field("skip_if_missing", c.skip_if_missing, sparse,
          "When it cannot be provided, the run is skipped instead of failed.");
}

template <class V>
void describe(V& v, Is<DnsConfig> auto& d) {
  v.field("nameservers", d.nameservers, sparse, "Addresses of name servers.");
  v.field("searches", d.searches, sparse, "Search domains.");
}

template <class V>
void describe(V& v, Is<Resources> auto& r) {
  v.field("requests", r.requests, sparse, "What the container asks for, by resource name.");
  v.field("limits", r.limits, sparse, "What the container may use, by resource name.");
}

template <class V>
void describe(V& v, Is<Step> auto& s) {
  v.field("phase", s.phase, required, "The phase that the step belongs to.");
  v.field("name", s.name, required, "Unique in the plan; names logs and artifacts.");
  v.field("kind", s.kind, written,
          "What skipping the step costs: a `cleanup` step is always attempted, a `collection` step "
          "only gathers data.");
  v.field("path", s.path, sparse, "The components that brought the step, outermost first.");
  v.field("origin", s.origin, sparse, "The step's own file, or its entry when written in place.");
  v.field("script", s.script, required, "What is run.");
  v.field("image", s.image, sparse, "The image of the step.");
  v.field("env", s.env, sparse, "Parameters, in the order of declaration.");
  v.field("dependencies", s.dependencies, sparse, "Images whose pull specs are wanted.");
  v.field("leases", s.leases, sparse, "Leases that this step declared; the plan lists them, too.");
  v.field("credentials", s.credentials, sparse, "Secrets for the step.");
  v.field("observers", s.observers, sparse, "Names of observers that the step asked for.");
  v.field("resources", s.resources, sparse, "Requests and limits of the container.");
  v.field("dns", s.dns, sparse, "Name resolution of the container.");
  v.field("cli", s.cli, sparse, "The release whose command line client is wanted.");
  v.field("node_architecture", s.node_architecture, sparse, "The architecture it must run on.");
  v.field("optional_on_success", s.optional_on_success, sparse,
          "`post` only: skipped when nothing failed, if the job allows it.");
  v.field("best_effort", s.best_effort, sparse,
          "`post` only: a failure does not fail the job, if the job allows it.");
  v.field("no_kubeconfig", s.no_kubeconfig, sparse, "No kubeconfig, shared directory read-only.");
  v.field("nested_podman", s.nested_podman, sparse, "The step runs containers itself.");
  v.field("readonly_shared_dir", s.readonly_shared_dir, sparse,
          "Changes to the shared directory are not kept.");
  v.field("resets", s.resets, sparse, "Brings the system under test into a known state.");
  v.field("needs_pre", s.needs_pre, sparse, "`post` only: skipped when no `pre` step was started.");
  v.field("detach", s.detach, sparse, "Background processes may live until the end of the phase.");
  v.field("retries", s.retries, sparse, "Further attempts after a failure of the environment.");
  v.field("workdir", s.workdir, sparse, "Working directory, relative to the executor's.");
  v.field("timeout_file", s.timeout_file, sparse,
          "A file whose change counts as activity, relative to the step's directory.");
  v.field("log_limit_bytes", s.log_limit_bytes, sparse, "Longest log that is kept whole.");
  v.field("timeout", s.timeout, written, "Limit of the step; default 2 h.");
  v.field("grace", s.grace, written, "From the request to end until KILL; default 15 s.");
  v.field("idle", s.idle, sparse, "Longest silence; default none.");
}

template <class V>
void describe(V& v, Is<Observer> auto& o) {
  v.field("name", o.name, required, "The observer's name.");
  v.field("origin", o.origin, sparse, "The observer's file.");
  v.field("script", o.script, required, "What is run.");
  v.field("image", o.image, sparse, "The image of the observer.");
  v.field("env", o.env, sparse, "Parameters, in the order of declaration.");
  v.field("resources", o.resources, sparse, "Requests and limits of the container.");
  v.field("timeout", o.timeout, written, "Limit of the observer; default 2 h.");
  v.field("grace", o.grace, written, "From the request to end until KILL; default 15 s.");
}

template <class V>
void describe(V& v, Is<ClusterProfile> auto& p) {
  v.field("name", p.name, required, "The profile's name.");
  v.field("cluster_type", p.cluster_type, sparse, "Value of `CLUSTER_TYPE`.");
  v.field("lease_type", p.lease_type, sparse, "Resource type of the implied lease.");
  v.field("secret", p.secret, sparse, "Name of the secret with the profile's files.");
  v.field("config_map", p.config_map, sparse, "Name of a config map with further files.");
  v.field("ip_pool_lease_type", p.ip_pool_lease_type, sparse,
          "Resource type of the opportunistic address lease.");
  v.field("set_members", p.set_members, sparse, "Profiles of the set that this name stands for.");
  v.field("origin", p.origin, sparse, "Where the test names the profile.");
}

template <class V>
void describe(V& v, Is<Machine> auto& m) {
  v.field("lease_pools", m.lease_pools, sparse, "Names of the resources, by resource type.");
  v.field("lease_ttl", m.lease_ttl, sparse,
          "Seconds after which the lease of a dead run is free again, by resource type.");
  v.field("cluster_profile_dirs", m.cluster_profile_dirs, sparse,
          "Directory of each profile's files, relative to the settings file.");
  v.field("images", m.images, sparse, "Pull spec of each image.");
  v.field("pass_env", m.pass_env, sparse, "Variables that are handed on from the caller.");
  v.field("credential_store", m.credential_store, sparse,
          "Directory with `NAMESPACE/NAME/`, relative to the settings file.");
  v.field("stop_dir", m.stop_dir, sparse, "A further directory that is searched for stop files.");
}

template <class V>
void describe(V& v, Is<Job> auto& j) {
  v.field("id", j.id, required,
          "`ORG/REPO@BRANCH[__VARIANT]:TEST`, or `workflow/NAME` for a partial plan.");
  v.field("org", j.org, sparse, "Organisation.");
  v.field("repo", j.repo, sparse, "Repository.");
  v.field("branch", j.branch, sparse, "Branch.");
  v.field("variant", j.variant, sparse, "Variant of the configuration.");
  v.field("test", j.test, written, "Name of the test; the directory of its artifacts.");
  v.field("workflow", j.workflow, sparse, "The workflow that the test uses.");
  v.field("origin", j.origin, sparse, "The test's entry.");
  v.field("cluster_profile", j.cluster_profile, sparse, "The cluster profile.");
  v.field("allow_skip_on_success", j.allow_skip_on_success, sparse,
          "`optional_on_success` of steps has effect.");
  v.field("allow_best_effort_post_steps", j.allow_best_effort_post_steps, sparse,
          "`best_effort` of steps has effect.");
  v.field("timeout", j.timeout, written, "Limit of set-up, `pre` and `test` together.");
  v.field("lease_timeout", j.lease_timeout, written, "Longest wait for leases; default 2 h.");
  v.field("prepare_timeout", j.prepare_timeout, written,
          "Longest preparation of a step; default 1 h.");
  v.limits("phase_timeout", j.phase_timeout, "Limit of each phase as a whole; default none.");
  v.field("cleanup_reserve_seconds", j.cleanup_reserve_seconds, written,
          "What every cleanup step gets even when the limit of `post` is used up.");
}

template <class V>
void describe(V& v, Is<Dropped> auto& d) {
  v.field("phase", d.phase, required, "The phase that the step was in.");
  v.field("name", d.name, required, "The step's name.");
  v.field("path", d.path, sparse, "The components that brought it.");
}

template <class V>
void describe(V& v, Is<Plan> auto& p) {
  v.field("partial", p.partial, sparse,
          "Of a workflow or chain alone, or of a test with errors: must not be run.");
  v.field("job", p.job, required, "The job as a whole.");
  v.field("machine", p.machine, sparse, "What the settings say about the machine.");
  v.field("leases", p.leases, sparse, "Leases of the job; acquired sorted by type.");
  v.field("observers", p.observers, sparse, "Observers, sorted by name.");
  v.field("steps", p.steps, written, "Steps in order of execution: `pre`, `test`, `post`.");
  v.field("dropped", p.dropped, sparse, "`post` steps of the workflow that the test replaced.");
  v.field("problems", p.problems, sparse, "Why the plan is partial, one line each.");
}

}  // namespace stepreg::plan
