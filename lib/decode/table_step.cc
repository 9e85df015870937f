// Steps and what they are made of (registry.md 3.3, 3.6 to 3.12), and the extensions for the
// executor.
#include "decode/decoder.h"
#include "decode/tables.h"

namespace stepreg::decode {

namespace {
constexpr std::string_view kArchitectures = "amd64|arm64|s390x|ppc64le";
}

template <>
const ObjectSpec& spec_of<Parameter>() {
  static constexpr FieldSpec kFields[] = {
      field<&Parameter::name>("name", "name of the variable", kRequired),
      field<&Parameter::default_value>("default",
                                       "value unless somebody further out sets one; without "
                                       "it the parameter is required"),
      field<&Parameter::documentation>("documentation", "what the value does, in Markdown"),
  };
  static constexpr ObjectSpec kSpec{"parameter", "An environment variable declared by a step.",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<StepDependency>() {
  static constexpr FieldSpec kFields[] = {
      field<&StepDependency::name>("name", "image, `tag` or `stream:tag`", kRequired),
      field<&StepDependency::env>("env", "variable that receives the pull spec", kRequired),
  };
  static constexpr ObjectSpec kSpec{"dependency", "An image whose pull spec a step wants.",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<LeaseRequest>() {
  static constexpr FieldSpec kFields[] = {
      field<&LeaseRequest::resource_type>("resource_type", "type known to the lease pool",
                                          kRequired),
      field<&LeaseRequest::env>("env", "variable that receives the leased names", kRequired),
      unsigned_field<&LeaseRequest::count>("count", "how many; 1 when absent"),
  };
  static constexpr ObjectSpec kSpec{"lease", "A counted external resource held for the whole test.",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Credential>() {
  static constexpr FieldSpec kFields[] = {
      field<&Credential::mount_path>("mount_path", "absolute directory", kRequired),
      field<&Credential::ns>("namespace", "namespace of the secret"),
      field<&Credential::name>("name", "name of the secret"),
      field<&Credential::collection>("collection", "collection of the secret manager"),
      field<&Credential::group>("group", "group within the collection"),
      field<&Credential::field>("field", "a single field of the group"),
      field<&Credential::as>("as", "file name for the single field"),
      field<&Credential::bundle>("bundle", "a named set of secrets"),
      field<&Credential::on_missing>("on_missing", "what a missing secret does to the run",
                                     kExtension, "fail|skip"),
  };
  static constexpr ObjectSpec kSpec{"credential", "A secret mounted into a step.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Resources>() {
  static constexpr FieldSpec kFields[] = {
      field<&Resources::requests>("requests", "resource name to quantity"),
      field<&Resources::limits>("limits", "resource name to quantity"),
  };
  static constexpr ObjectSpec kSpec{"resources", "What a container asks for and may use.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ImageStreamTag>() {
  static constexpr FieldSpec kFields[] = {
      field<&ImageStreamTag::ns>("namespace", "namespace of the image stream"),
      field<&ImageStreamTag::name>("name", "name of the image stream"),
      field<&ImageStreamTag::tag>("tag", "tag"),
      field<&ImageStreamTag::as>("as", "internal name"),
  };
  static constexpr ObjectSpec::Removed kRemoved[] = {
      {"cluster", "removed; images are always taken from the build cluster"}};
  static constexpr ObjectSpec kSpec{"image stream tag",
                                    "`namespace/name:tag` on the build cluster.",
                                    kFields,
                                    nullptr,
                                    nullptr,
                                    nullptr,
                                    kRemoved};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<DnsConfig>() {
  static constexpr FieldSpec kFields[] = {
      field<&DnsConfig::nameservers>("nameservers", "replaces the DNS of the cluster"),
      field<&DnsConfig::searches>("searches", "search domains"),
  };
  static constexpr ObjectSpec kSpec{"dnsConfig", "DNS of a step's pod.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<PhaseTimeouts>() {
  static constexpr FieldSpec kFields[] = {
      field<&PhaseTimeouts::total>("total", "limit of the whole phase"),
      field<&PhaseTimeouts::step>("step", "default limit of the steps of the phase"),
      field<&PhaseTimeouts::steps>("steps", "limits of named steps; they beat everything"),
  };
  static constexpr ObjectSpec kSpec{"phase limit", "Limits of one phase.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<PhasesTimeouts>() {
  static constexpr FieldSpec kFields[] = {
      field<&PhasesTimeouts::pre>("pre", "limits of `pre`"),
      field<&PhasesTimeouts::test>("test", "limits of `test`"),
      field<&PhasesTimeouts::post>("post", "limits of `post`; its total is the budget of cleanup"),
  };
  static constexpr ObjectSpec kSpec{"set of phase limits", "Limits by phase.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Timeouts>() {
  static constexpr FieldSpec kFields[] = {
      field<&Timeouts::job>("job", "limit of set-up, `pre` and `test` together"),
      field<&Timeouts::lease>("lease", "limit of the wait for leases; 2h when absent"),
      field<&Timeouts::prepare>("prepare", "limit of the preparation of a step; 1h when absent"),
      field<&Timeouts::step>("step", "default limit of all steps; 2h when absent"),
      field<&Timeouts::idle>("idle", "default limit of silence; none when absent"),
      field<&Timeouts::grace>("grace", "default time between the request to end and the kill; 15s"),
      field<&Timeouts::steps>("steps", "limits of named steps"),
      field<&Timeouts::idles>("idles", "limits of silence of named steps"),
      field<&Timeouts::graces>("graces", "grace periods of named steps"),
      field<&Timeouts::phases>("phases", "limits by phase"),
      field<&Timeouts::cleanup_reserve>("cleanup_reserve",
                                        "what each cleanup step always gets; 5m"),
  };
  static constexpr ObjectSpec kSpec{"set of limits", "Limits of a job for the executor.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Step>() {
  static constexpr FieldSpec kFields[] = {
      field<&Step::as>("as", "name; unique within a test", kRequired),
      field<&Step::from>("from", "image, `tag` or `stream:tag`"),
      field<&Step::from_image>("from_image", "image stream tag on the build cluster"),
      field<&Step::nested_podman>("nested_podman", "allow containers inside of the container"),
      field<&Step::commands>("commands", "registry: file name of the script; elsewhere: the script",
                             kRequired),
      field<&Step::resources>("resources", "what the container asks for", kRequired),
      field<&Step::timeout>("timeout", "interrupt the script after this time; 2h when absent"),
      field<&Step::grace_period>("grace_period",
                                 "time between interrupt and kill; 15s when absent"),
      field<&Step::credentials>("credentials", "secrets to mount"),
      field<&Step::env>("env", "parameters"),
      field<&Step::dependencies>("dependencies", "images exposed as variables"),
      field<&Step::dns>("dnsConfig", "DNS of the pod"),
      field<&Step::leases>("leases", "leases for the whole test"),
      field<&Step::optional_on_success>("optional_on_success",
                                        "in `post`: may be skipped when all passed"),
      field<&Step::best_effort>("best_effort",
                                "a failure does not fail the test, if the test allows it"),
      field<&Step::no_kubeconfig>("no_kubeconfig", "no service account, no KUBECONFIG"),
      field<&Step::cli>("cli", "release whose `oc` is put into the container"),
      field<&Step::observers>("observers", "observers this step wants enabled"),
      field<&Step::run_as_script>("run_as_script",
                                  "run the script as a file, by its own `#!` line"),
      field<&Step::node_architecture>("node_architecture", "architecture of the node", 0,
                                      kArchitectures),
      field<&Step::idle_timeout>("idle_timeout", "end the step after this time of silence",
                                 kExtension),
      field<&Step::timeout_file>("timeout_file", "a file whose change counts as activity",
                                 kExtension),
      field<&Step::workdir>("workdir", "working directory", kExtension),
      field<&Step::needs>("needs", "`pre`: only when a step of `pre` was started", kExtension,
                          "pre"),
      field<&Step::collect>("collect", "in `post`: true for data collection, false for cleanup",
                            kExtension),
      field<&Step::resets>("resets", "brings the system under test into a known state", kExtension),
      field<&Step::readonly_shared_dir>("readonly_shared_dir",
                                        "the shared directory is not copied back", kExtension),
      field<&Step::detach>("detach", "background processes may outlive the step", kExtension),
      unsigned_field<&Step::retries>("retries", "further attempts after an infrastructure error",
                                     kExtension),
  };
  static constexpr ObjectSpec::Removed kRemoved[] = {
      {"artifact_dir", "removed in 2021; artifacts are taken from $ARTIFACT_DIR of every step"},
      {"active_deadline_seconds", "replaced by `timeout`, a duration such as `2h`"},
      {"termination_grace_period_seconds", "replaced by `grace_period`, a duration such as `2m`"},
  };
  static constexpr ObjectSpec kSpec{
      "step",  "One script with its image and settings.", kFields, nullptr, nullptr, nullptr,
      kRemoved};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Observer>() {
  static constexpr FieldSpec kFields[] = {
      field<&Observer::name>("name", "name", kRequired),
      field<&Observer::from>("from", "image, `tag` or `stream:tag`"),
      field<&Observer::from_image>("from_image", "image stream tag on the build cluster"),
      field<&Observer::commands>("commands", "file name of the script", kRequired),
      field<&Observer::resources>("resources", "what the container asks for", kRequired),
      field<&Observer::timeout>("timeout", "interrupt the script after this time; 2h when absent"),
      field<&Observer::grace_period>("grace_period",
                                     "time between interrupt and kill; 15s when absent"),
      field<&Observer::env>("env", "parameters"),
  };
  static constexpr ObjectSpec kSpec{"observer", "A container that runs beside a test.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<StepEntry>() {
  static constexpr FieldSpec kFields[] = {
      field<&StepEntry::ref>("ref", "a step of the registry"),
      field<&StepEntry::chain>("chain", "a chain of the registry"),
  };
  static constexpr ObjectSpec kSpec{
      "step entry",
      "`ref`, `chain`, or a step written in place.",
      kFields,
      &spec_of<Step>,
      [](void* entry) -> void* { return &static_cast<StepEntry*>(entry)->literal.make(); },
      [](void* object, Text key) {
        auto* entry = static_cast<StepEntry*>(object);
        if (!entry->first_step_field) entry->first_step_field = key;
      }};
  return kSpec;
}

}  // namespace stepreg::decode
