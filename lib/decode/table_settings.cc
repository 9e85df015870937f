// `.stepreg.yaml`.
#include "decode/decoder.h"
#include "decode/tables.h"

namespace stepreg::decode {

template <>
const ObjectSpec& spec_of<PathRules>() {
  static constexpr FieldSpec kFields[] = {
      field<&PathRules::paths>("paths", "patterns of paths, relative to the settings file",
                               kRequired),
      field<&PathRules::rules>("rules", "rule to severity: off, info, warning or error",
                               kRequired | kAsWritten),
  };
  static constexpr ObjectSpec kSpec{"override", "Severities for some paths.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<TestSettings>() {
  static constexpr FieldSpec kFields[] = {
      field<&TestSettings::tests>("tests", "patterns of test ids", kRequired),
      field<&TestSettings::timeouts>("timeouts", "limits of these tests"),
  };
  static constexpr ObjectSpec kSpec{"test setting", "What applies to some tests only.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<RunSettings>() {
  static constexpr FieldSpec kFields[] = {
      field<&RunSettings::timeouts>("timeouts", "limits on this machine, and defaults of jobs"),
      field<&RunSettings::tests>("tests", "limits of some tests"),
      field<&RunSettings::lease_pools>("lease_pools",
                                       "resource type to the names that can be leased"),
      field<&RunSettings::lease_ttl>("lease_ttl",
                                     "resource type to the time after which the lease of a dead "
                                     "run is free again"),
      field<&RunSettings::cluster_profiles>("cluster_profiles",
                                            "profile to the directory of its files"),
      field<&RunSettings::images>("images", "image to pull spec"),
      field<&RunSettings::resets>("resets", "steps that bring the system to a known state"),
      field<&RunSettings::pass_env>("pass_env", "variables handed on to the steps"),
      field<&RunSettings::credentials>("credentials",
                                       "directory with NAMESPACE/NAME/ of every secret"),
      field<&RunSettings::stop_dir>("stop_dir",
                                    "a further directory where stop files are looked for"),
  };
  static constexpr ObjectSpec kSpec{"run setting", "What the executor needs.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Settings>() {
  static constexpr FieldSpec kFields[] = {
      field<&Settings::registry>("registry", "directory of the step registry"),
      field<&Settings::configs>("configs", "directory of the configurations"),
      field<&Settings::claims>("claims", "the cluster claim owners file"),
      field<&Settings::profile>("profile", "which rules apply", 0,
                                "ci-operator|recommended|strict"),
      field<&Settings::rules>("rules", "rule to severity: off, info, warning or error", kAsWritten),
      field<&Settings::overrides>("overrides", "severities for some paths"),
      field<&Settings::unused_allowed>("unused_allowed",
                                       "patterns of components that may be unused"),
      field<&Settings::baseline>("baseline", "file with the known findings"),
      field<&Settings::shellcheck>("shellcheck", "whether shellcheck reads the scripts", 0,
                                   "auto|always|never"),
      field<&Settings::run>("run", "what the executor needs"),
  };
  static constexpr ObjectSpec kSpec{"settings", "Settings of stepreg: .stepreg.yaml", kFields};
  return kSpec;
}

}  // namespace stepreg::decode
