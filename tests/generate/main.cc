// generate-registry: writes a registry with configurations that is made from a seed.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/fs.h"
#include "generate/generate.h"

namespace {

using namespace stepreg;
using namespace stepreg::generate;

constexpr const char* kUsage =
    "usage: generate-registry [--seed N] [--size X | --small | --shape SHAPE --count N] DIR\n"
    "\n"
    "Writes DIR/step-registry, DIR/config and DIR/.stepreg.yaml; DIR must not exist. Size 1 is "
    "the\n"
    "largest real registry; X may have a point. --small is a registry of a few components with\n"
    "every feature. SHAPE is long-chains, wide-workflow, one-workflow or same-parameter.\n";

int usage(const std::string& problem) {
  std::fprintf(stderr, "generate-registry: %s\n\n%s", problem.c_str(), kUsage);
  return 2;
}

struct Options {
  std::uint64_t seed = 1;
  double size = 1;
  bool small = false;
  std::optional<OddShape> shape;
  std::size_t count = 1000;
  std::string directory;
};

template <class T>
bool read_number(std::string_view text, T& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > T{};
}

// The problem, or "".
std::string read_value(std::string_view option, std::string_view value, Options& options) {
  static const std::map<std::string_view, OddShape> kShapes = {
      {"long-chains", OddShape::long_chains},
      {"wide-workflow", OddShape::wide_workflow},
      {"one-workflow", OddShape::one_workflow},
      {"same-parameter", OddShape::same_parameter}};
  bool read = false;
  if (option == "--seed") read = read_number(value, options.seed);
  if (option == "--size") read = read_number(value, options.size);
  if (option == "--count") read = read_number(value, options.count);
  if (const auto shape = kShapes.find(value); option == "--shape" && shape != kShapes.end()) {
    options.shape = shape->second;
    read = true;
  }
  return read ? "" : "cannot read " + std::string(option) + " " + std::string(value);
}

std::string read_arguments(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--small") {
      options.small = true;
    } else if (!argument.starts_with('-')) {
      options.directory = argument;
    } else if (i + 1 == argc) {
      return std::string(argument) + " has no value";
    } else {
      std::string problem = read_value(argument, argv[++i], options);
      if (!problem.empty()) return problem;
    }
  }
  return options.directory.empty() ? "DIR is missing" : "";
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  const std::string problem = read_arguments(argc, argv, options);
  if (!problem.empty()) return usage(problem);
  if (path_exists(options.directory)) return usage(options.directory + " exists");
  Writer writer(options.directory);
  const Put put = [&](const GeneratedFile& file) { writer.put(file); };
  if (options.shape) {
    generate_odd(*options.shape, options.count, put);
  } else {
    generate::generate(
        options.small ? small_shape(options.seed) : real_shape(options.seed, options.size), put);
  }
  if (!writer.result()) {
    std::fprintf(stderr, "generate-registry: %s\n", writer.result().error().text.c_str());
    return 2;
  }
  std::printf("%zu files, %zu bytes\n", writer.files(), writer.bytes());
  return 0;
}
