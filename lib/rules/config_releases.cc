// Releases (registry.md R400 to R415).
#include "rules/config_parts.h"

#include "base/text.h"

namespace stepreg::rules {

namespace {

constexpr std::string_view kPolicies[] = {"Local", "Source"};
constexpr std::string_view kProducts[] = {"ocp", "okd", "okd-scos"};
constexpr std::string_view kArchitectures[] = {"amd64", "arm64", "multi", "ppc64le", "s390x"};
constexpr std::string_view kOcpStreams[] = {"ci", "nightly", "konflux-nightly"};
constexpr std::string_view kOkdStreams[] = {"", "okd", "okd-scos"};
constexpr std::string_view kChannels[] = {"stable", "fast", "candidate"};

// A digit, a dot and a digit anywhere suffice.
bool has_version(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '.' && is_digit(text[i - 1]) && is_digit(text[i + 1])) return true;
  }
  return false;
}

class ReleaseCheck {
 public:
  ReleaseCheck(const ConfigCheck& file, const Text& name, Place place)
      : file_(file), name_(name), place_(place) {}

  void integration(const Located<Integration>& stream) {
    begin("integration", stream.place);
    std::vector<std::string_view> missing;
    if (stream->ns->empty()) missing.push_back("namespace");
    if (stream->name->empty()) missing.push_back("name");
    if (!missing.empty()) add(rule("SR674"), {}, "", "lacks " + listed(missing));
    if (is_true(stream->include_built_images) && *name_ != "latest") {
      add(rule("SR675"), stream->include_built_images.place, ".include_built_images",
          "has `include_built_images`, which is for `latest` only");
    }
    policy(stream->reference_policy);
  }

  void candidate(const Located<Candidate>& candidate) {
    begin("candidate", candidate.place);
    if (!product(candidate->product)) return;
    architecture(candidate->architecture);
    const bool ocp = *candidate->product == "ocp";
    const bool known = ocp ? is_one_of(*candidate->stream, kOcpStreams)
                           : is_one_of(*candidate->stream, kOkdStreams);
    if (!known) {
      Diagnostic& finding =
          add(rule("SR679"), candidate->stream.place, ".stream",
              candidate->stream->empty()
                  ? std::string("has no `stream`")
                  : "has the stream " + in_quotes(*candidate->stream) + ", which " +
                        std::string(*candidate->product) + " does not have");
      finding.hint = ocp ? "known are ci, nightly, konflux-nightly" : "known are okd, okd-scos";
    }
    version(candidate->version);
    relative(candidate->relative);
  }

  void prerelease(const Located<Prerelease>& prerelease) {
    begin("prerelease", prerelease.place);
    if (!product(prerelease->product)) return;
    architecture(prerelease->architecture);
    const VersionBounds& bounds = *prerelease->version_bounds;
    std::vector<std::string_view> missing;
    if (bounds.lower->empty()) missing.push_back("lower");
    if (bounds.upper->empty()) missing.push_back("upper");
    if (!missing.empty()) {
      add(rule("SR683"), prerelease->version_bounds.place, ".version_bounds",
          "lacks " + listed(missing) + " in `version_bounds`");
    }
  }

  void released(const Located<ReleaseVersion>& release) {
    begin("release", release.place);
    if (!is_one_of(*release->channel, kChannels)) {
      add(rule("SR682"), release->channel.place, ".channel",
          release->channel->empty() ? std::string("has no `channel`")
                                    : "has the unknown channel " + in_quotes(*release->channel))
          .hint = "known are stable, fast, candidate";
      return;
    }
    architecture(release->architecture);
    version(release->version);
    relative(release->relative);
  }

 private:
  void begin(const char* kind, Place place) {
    kind_ = kind;
    kind_place_ = place;
  }

  Diagnostic& add(RuleId id, Place at, const std::string& field, const std::string& what) {
    const std::string path = "releases." + std::string(*name_) + "." + kind_;
    return file_.add(id, place_or(at, place_or(kind_place_, place_)), path + field,
                     in_quotes(kind_) + " of the release " + in_quotes(*name_) + " " + what);
  }

  void policy(const Text& value) {
    if (value->empty() || is_one_of(*value, kPolicies)) return;
    Diagnostic& finding = add(rule("SR676"), value.place, ".reference_policy",
                              "has the unknown `reference_policy` " + in_quotes(*value));
    finding.hint = "known are Local and Source";
  }

  bool product(const Text& value) {
    if (is_one_of(*value, kProducts)) return true;
    Diagnostic& finding =
        add(rule("SR677"), value.place, ".product",
            value->empty() ? "has no `product`" : "has the unknown product " + in_quotes(*value));
    finding.hint = "known are ocp, okd, okd-scos";
    return false;
  }

  void architecture(const Text& value) {
    if (value->empty() || is_one_of(*value, kArchitectures)) return;
    Diagnostic& finding = add(rule("SR678"), value.place, ".architecture",
                              "has the unknown architecture " + in_quotes(*value));
    finding.hint = "known are amd64, arm64, multi, ppc64le, s390x";
  }

  void version(const Text& value) {
    if (has_version(*value)) return;
    Diagnostic& finding =
        add(rule("SR680"), value.place, ".version",
            value->empty() ? std::string("has no `version`")
                           : "has the version " + in_quotes(*value) + " without major and minor");
    finding.hint = "write it like \"4.16\", in quotes";
  }

  void relative(const Integer& value) {
    if (*value >= 0) return;
    add(rule("SR681"), value.place, ".relative",
        "has a negative `relative`: " + std::to_string(*value));
  }

  const ConfigCheck& file_;
  const Text& name_;
  Place place_;
  const char* kind_ = "";
  Place kind_place_;
};

void check_kinds(const ConfigCheck& file, const Text& name, const Located<Release>& release) {
  std::vector<NamedPlace> kinds;
  if (release->integration) kinds.push_back({"integration", release->integration.place});
  if (release->candidate) kinds.push_back({"candidate", release->candidate.place});
  if (release->prerelease) kinds.push_back({"prerelease", release->prerelease.place});
  if (release->release) kinds.push_back({"release", release->release.place});
  if (kinds.size() == 1) return;
  const Place place = kinds.empty() ? place_or(release.place, name.place) : kinds[1].place;
  file.add(rule("SR673"), place, "releases." + std::string(*name),
           "the release " + in_quotes(*name) +
               (kinds.empty() ? " is of no kind" : " is of more than one kind: " + listed(kinds)))
      .hint = "give exactly one of `integration`, `candidate`, `prerelease`, `release`";
}

void check_release(const ConfigCheck& file, const Text& name, const Located<Release>& release) {
  const Config& config = file.config();
  if (name->find('.') != std::string_view::npos) {
    file.add(rule("SR671"), name.place, "releases." + std::string(*name),
             "the name of the release " + in_quotes(*name) + " contains a dot");
  }
  if (config.tag_specification && (*name == "latest" || *name == "initial")) {
    file.add(rule("SR672"), name.place, "releases." + std::string(*name),
             "the release " + in_quotes(*name) + " is defined beside `tag_specification`")
        .notes.push_back(
            {Location::of(config.tag_specification.place), "which defines latest and initial"});
  }
  check_kinds(file, name, release);
  ReleaseCheck check(file, name, release.place);
  if (release->integration) check.integration(release->integration);
  if (release->candidate) check.candidate(release->candidate);
  if (release->prerelease) check.prerelease(release->prerelease);
  if (release->release) check.released(release->release);
}

}  // namespace

void check_releases(const ConfigCheck& file) {
  const Config& config = file.config();
  for (const Entry<Located<Release>>& entry : config.releases) {
    check_release(file, entry.key, entry.value);
  }
  const Located<TagSpecification>& tags = config.tag_specification;
  if (!tags) return;
  std::vector<std::string_view> missing;
  if (tags->ns->empty()) missing.push_back("namespace");
  if (tags->name->empty()) missing.push_back("name");
  if (missing.empty()) return;
  file.add(rule("SR684"), tags.place, "tag_specification",
           "`tag_specification` lacks " + listed(missing));
}

}  // namespace stepreg::rules
