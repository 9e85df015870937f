// generated-properties: random valid registries have no finding and resolve; one mistake is found
// where it is, by its rule, and by no unrelated one.
#include <charconv>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <map>
#include <string>

#include "generate/generate.h"
#include "properties/mutation.h"
#include "rules/lint.h"

namespace {

using namespace stepreg;
using namespace stepreg::properties;

constexpr std::uint64_t kMutationsPerSeed = 20;

struct Judgement {
  std::vector<Diagnostic> findings;
  std::size_t tests_resolved = 0;
};

Judgement lint(const Files& files) {
  const SeverityTable severities(Profile::recommended);
  Sink sink(severities);
  load::Project project;
  project.settings = load::decode_settings_text(nullptr, "", sink);
  project.registry_root = "step-registry";
  project.configs_root = "config";
  project.registry_files = std::make_shared<MemoryTree>(files, project.registry_root);
  project.config_files = std::make_shared<MemoryTree>(files, project.configs_root);
  Judgement judgement;
  if (!load::open_project(project, sink)) return judgement;
  rules::Linted linted = rules::lint(project, {}, sink);
  judgement.findings = std::move(linted.findings);
  judgement.tests_resolved = linted.tests_resolved;
  return judgement;
}

void print(const Diagnostic& finding) {
  std::printf("    %s:%u:%u: %s [%s]\n", finding.at.path.c_str(), finding.at.line,
              finding.at.column, finding.message.c_str(),
              std::string(finding.rule.info().code).c_str());
}

bool is_at(const Diagnostic& finding, const MutationKind& kind, const Spot& spot) {
  return finding.rule.info().code == kind.rule &&
         (spot.path.empty() || finding.at.path == spot.path) &&
         (spot.line == 0 || finding.at.line == spot.line);
}

bool is_expected(const Diagnostic& finding, const MutationKind& kind) {
  if (finding.rule.info().code == kind.rule) return true;
  for (const FollowOn& follow_on : kind.follow_ons) {
    if (finding.rule.info().code == follow_on.rule) return true;
  }
  return false;
}

class Run {
 public:
  void seed(std::uint64_t seed) {
    Files files;
    generate::generate(generate::small_shape(seed), [&](generate::GeneratedFile file) {
      std::string path = file.path;
      files.emplace(std::move(path), std::move(file));
    });
    const Judgement clean = lint(files);
    ++registries_;
    tests_ += clean.tests_resolved;
    if (!clean.findings.empty() || clean.tests_resolved == 0) {
      std::printf("seed %llu: a valid registry has findings\n",
                  static_cast<unsigned long long>(seed));
      for (const Diagnostic& finding : clean.findings) print(finding);
      ++failures_;
      return;
    }
    generate::Random random = generate::Random(seed).fork("mutations");
    for (std::uint64_t i = 0; i < kMutationsPerSeed; ++i) {
      const auto kinds = mutation_kinds();
      mutate(seed, kinds[random.below(kinds.size())], files, random);
    }
  }

  int finish() const {
    std::printf("%zu registries with %zu tests, %zu mutations of %zu kinds, %zu failures\n",
                registries_, tests_, mutations_, kinds_.size(), failures_);
    return failures_ == 0 && mutations_ > 0 ? 0 : 1;
  }
  void print_kinds() const {
    for (const auto& [name, number] : kinds_)
      std::printf("%6zu %s\n", number, std::string(name).c_str());
  }

 private:
  void mutate(std::uint64_t seed, const MutationKind& kind, Files files, generate::Random& random) {
    const auto spot = kind.make(files, random);
    if (!spot) return;
    ++mutations_;
    ++kinds_[kind.name];
    const Judgement judgement = lint(files);
    bool found = false;
    bool clean = true;
    for (const Diagnostic& finding : judgement.findings) {
      found = found || is_at(finding, kind, *spot);
      clean = clean && is_expected(finding, kind);
    }
    if (found && clean) return;
    ++failures_;
    std::printf("seed %llu, %s at %s:%u: %s\n", static_cast<unsigned long long>(seed),
                std::string(kind.name).c_str(), spot->path.c_str(), spot->line,
                found ? "an unrelated rule fires" : "is not found there");
    for (const Diagnostic& finding : judgement.findings) print(finding);
  }

  std::size_t registries_ = 0, tests_ = 0, mutations_ = 0, failures_ = 0;
  std::map<std::string_view, std::size_t> kinds_;
};

bool read_number(const char* text, std::uint64_t& number) {
  const char* end = text + std::strlen(text);
  return std::from_chars(text, end, number).ptr == end;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t from = 1;
  std::uint64_t to = 25;
  const bool given = argc == 4 && std::strcmp(argv[1], "--seeds") == 0;
  if (argc != 1 && !(given && read_number(argv[2], from) && read_number(argv[3], to))) {
    std::fprintf(stderr, "usage: generated-properties [--seeds FROM TO]\n");
    return 2;
  }
  Run run;
  for (std::uint64_t seed = from; seed <= to; ++seed) run.seed(seed);
  if (given) run.print_kinds();
  return run.finish();
}
