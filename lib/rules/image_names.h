// What the name of an image means in a configuration (registry.md 3.15).
#pragma once

#include <string>
#include <string_view>

#include "model/config.h"

namespace stepreg::rules {

struct ImageName {
  std::string_view stream;  // "pipeline", "stable", "stable-NAME", "release", or what stands there
  std::string_view tag;
  // False for a bare name that nothing in the configuration explains: it is looked up in `stable`
  // at run time.
  bool is_explicit = false;
};

// `name` is `TAG` or `STREAM:TAG`; with more colons everything behind the first one is the tag.
ImageName resolve_image_name(const Config& config, std::string_view name);

// The release that a stream belongs to: `stable` -> `latest`, `stable-X` -> `X`, else the stream.
std::string_view release_of_stream(std::string_view stream);

// Is there such a stream in a test: `pipeline`, `release`, or one that starts with `stable` (R210)?
bool is_stream(std::string_view stream);

// Is the release imported by the configuration, or claimed by the test?
bool has_release(const Config& config, const TestEntry& test, std::string_view release);

// The field that makes `root`, `bin`, `test-bin` or `rpms` when it is missing from the
// configuration; empty for other tags and for what is there.
std::string_view missing_build_field(const Config& config, std::string_view tag);

// Is the tag a base image, a built image or a bundle (R219)?
bool defines_pipeline_image(const Config& config, std::string_view tag);

// The release of a test's cluster claim; empty without a claim.
std::string_view release_of_claim(const TestEntry& test);

}  // namespace stepreg::rules
