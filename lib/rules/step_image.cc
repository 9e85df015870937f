// The image that a step runs in (registry.md R073 to R078).
#include "base/names.h"
#include "base/text.h"
#include "rules/image_names.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

namespace {

void check_from_image(const ImageStreamTag& image, Place place, const StepContext& context) {
  const std::pair<const char*, const Text*> parts[] = {
      {"namespace", &image.ns}, {"name", &image.name}, {"tag", &image.tag}};
  for (const auto& [field, value] : parts) {
    if (!(*value)->empty()) continue;
    context.add(rule("SR226"), *value ? value->place : place, "from_image." + std::string(field),
                "`from_image` of " + context.who + " has no " + in_quotes(field));
  }
}

bool is_known_stream(std::string_view stream, const StepContext& context) {
  for (const std::string_view known : {"pipeline", "stable", "stable-initial", "release"}) {
    if (stream == known) return true;
  }
  const std::string_view release = release_of_stream(stream);
  if (!context.claim_release.empty() && release == context.claim_release) return true;
  return context.config != nullptr && find_entry(context.config->releases, release) != nullptr;
}

void check_stream(const Text& from, std::string_view stream, const StepContext& context) {
  if (is_known_stream(stream, context)) return;
  Diagnostic& finding = context.add(rule("SR225"), from.place, "from",
                                    "`from` of " + context.who + " takes an image of " +
                                        in_quotes(stream) + ", and there is no such stream");
  if (context.config == nullptr) {
    finding.hint =
        "in the registry only `pipeline`, `stable`, `stable-initial` and `release` are known";
  } else if (stream.starts_with("stable-")) {
    finding.hint = "add the release " + in_quotes(release_of_stream(stream)) + " under `releases`";
  } else {
    finding.hint = "use `pipeline`, `stable`, `release`, or `stable-NAME` for the release NAME";
  }
}

}  // namespace

void check_image_stream(const Text& from, const StepContext& context) {
  const std::vector<std::string_view> parts = split(*from, ':');
  if (parts.size() == 2) check_stream(from, parts[0], context);
}

void check_image(const Text& from, const Located<ImageStreamTag>& from_image,
                 const StepContext& context) {
  if (from_image && !from->empty()) {
    context.add(rule("SR222"), from_image.place, "from_image",
                context.who + " has both `from` and `from_image`");
  } else if (!from_image && from->empty()) {
    context.add(rule("SR221"), from.place, "from", context.who + " names no image").hint =
        "write `from: IMAGE` or `from_image: {namespace: ..., name: ..., tag: ...}`";
  }
  if (from_image) check_from_image(*from_image, from_image.place, context);
  if (from->empty()) return;
  const std::vector<std::string_view> parts = split(*from, ':');
  if (parts.size() > 2) {
    context.add(rule("SR223"), from.place, "from",
                in_quotes(*from) + " is not `TAG` or `STREAM:TAG`");
    return;
  }
  for (const std::string_view part : parts) {
    if (is_dns1123_subdomain(part)) continue;
    context
        .add(rule("SR224"), from.place, "from",
             in_quotes(part) + " in `from` of " + context.who + " is not a legal object name")
        .hint = "use lower-case letters, digits, `-` and `.`, with a letter or digit at both ends";
  }
  if (context.streams_known) check_image_stream(from, context);
}

}  // namespace stepreg::rules
