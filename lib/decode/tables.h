// The tables that exist, by the file that holds them.
#pragma once

#include "decode/files.h"
#include "decode/schema.h"
#include "model/settings.h"

namespace stepreg::decode {

// table_step.cc
template <>
const ObjectSpec& spec_of<Parameter>();
template <>
const ObjectSpec& spec_of<StepDependency>();
template <>
const ObjectSpec& spec_of<LeaseRequest>();
template <>
const ObjectSpec& spec_of<Credential>();
template <>
const ObjectSpec& spec_of<Resources>();
template <>
const ObjectSpec& spec_of<ImageStreamTag>();
template <>
const ObjectSpec& spec_of<DnsConfig>();
template <>
const ObjectSpec& spec_of<PhaseTimeouts>();
template <>
const ObjectSpec& spec_of<PhasesTimeouts>();
template <>
const ObjectSpec& spec_of<Timeouts>();
template <>
const ObjectSpec& spec_of<Step>();
template <>
const ObjectSpec& spec_of<Observer>();
template <>
const ObjectSpec& spec_of<StepEntry>();

// table_registry.cc
template <>
const ObjectSpec& spec_of<ObserverSelection>();
template <>
const ObjectSpec& spec_of<MultiStage>();
template <>
const ObjectSpec& spec_of<Chain>();
template <>
const ObjectSpec& spec_of<Workflow>();
template <>
const ObjectSpec& spec_of<RefFile>();
template <>
const ObjectSpec& spec_of<ObserverFile>();
template <>
const ObjectSpec& spec_of<RefWrapper>();
template <>
const ObjectSpec& spec_of<ChainWrapper>();
template <>
const ObjectSpec& spec_of<WorkflowWrapper>();
template <>
const ObjectSpec& spec_of<ObserverWrapper>();
template <>
const ObjectSpec& spec_of<KonfluxOwner>();
template <>
const ObjectSpec& spec_of<Owner>();
template <>
const ObjectSpec& spec_of<ClusterProfile>();
template <>
const ObjectSpec& spec_of<KonfluxGroups>();
template <>
const ObjectSpec& spec_of<ProfileSets>();
template <>
const ObjectSpec& spec_of<ClusterProfiles>();
template <>
const ObjectSpec& spec_of<ClaimOwners>();
template <>
const ObjectSpec& spec_of<OwnersFile>();

// table_test.cc
template <>
const ObjectSpec& spec_of<MemoryBackedVolume>();
template <>
const ObjectSpec& spec_of<ContainerTest>();
template <>
const ObjectSpec& spec_of<ClusterClaim>();
template <>
const ObjectSpec& spec_of<Secret>();
template <>
const ObjectSpec& spec_of<Retry>();
template <>
const ObjectSpec& spec_of<ReporterConfig>();
template <>
const ObjectSpec& spec_of<TemplateTest>();
template <>
const ObjectSpec& spec_of<ClusterProfileLiteral>();
template <>
const ObjectSpec& spec_of<LiteralMultiStage>();
template <>
const ObjectSpec& spec_of<TestEntry>();

// table_config.cc
template <>
const ObjectSpec& spec_of<Metadata>();
template <>
const ObjectSpec& spec_of<PathMapping>();
template <>
const ObjectSpec& spec_of<ImageInput>();
template <>
const ObjectSpec& spec_of<BuildArg>();
template <>
const ObjectSpec& spec_of<BuildInputs>();
template <>
const ObjectSpec& spec_of<BuildRoot>();
template <>
const ObjectSpec& spec_of<ExternalImage>();
template <>
const ObjectSpec& spec_of<TagSpecification>();
template <>
const ObjectSpec& spec_of<Integration>();
template <>
const ObjectSpec& spec_of<Candidate>();
template <>
const ObjectSpec& spec_of<VersionBounds>();
template <>
const ObjectSpec& spec_of<Prerelease>();
template <>
const ObjectSpec& spec_of<ReleaseVersion>();
template <>
const ObjectSpec& spec_of<Release>();
template <>
const ObjectSpec& spec_of<ImageBuild>();
template <>
const ObjectSpec& spec_of<Bundle>();
template <>
const ObjectSpec& spec_of<Substitution>();
template <>
const ObjectSpec& spec_of<Operator>();
template <>
const ObjectSpec& spec_of<PromotionTarget>();
template <>
const ObjectSpec& spec_of<Promotion>();
template <>
const ObjectSpec& spec_of<RefCommands>();
template <>
const ObjectSpec& spec_of<RefLocation>();
template <>
const ObjectSpec& spec_of<RefRepository>();
template <>
const ObjectSpec& spec_of<Prowgen>();
template <>
const ObjectSpec& spec_of<Images>();
template <>
const ObjectSpec& spec_of<Config>();

// table_raw_steps.cc
template <>
const ObjectSpec& spec_of<CacheStep>();
template <>
const ObjectSpec& spec_of<RpmInjection>();
template <>
const ObjectSpec& spec_of<OutputTag>();
template <>
const ObjectSpec& spec_of<InputTag>();
template <>
const ObjectSpec& spec_of<SourceStep>();
template <>
const ObjectSpec& spec_of<BundleSource>();
template <>
const ObjectSpec& spec_of<IndexGenerator>();
template <>
const ObjectSpec& spec_of<RpmServe>();
template <>
const ObjectSpec& spec_of<ResolvedRelease>();
template <>
const ObjectSpec& spec_of<RawStep>();

// table_settings.cc
template <>
const ObjectSpec& spec_of<PathRules>();
template <>
const ObjectSpec& spec_of<TestSettings>();
template <>
const ObjectSpec& spec_of<RunSettings>();
template <>
const ObjectSpec& spec_of<Settings>();

}  // namespace stepreg::decode
