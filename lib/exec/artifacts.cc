#include "exec/artifacts.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/check.h"
#include "base/fs.h"
#include "base/text.h"
#include "exec/artifact_tree.h"
#include "exec/json_fields.h"
#include "exec/run_dir.h"

namespace stepreg::exec {

namespace {

constexpr std::uint64_t kMetadataBytes = 1U << 20;
constexpr const char* kStepMetadata = "metadata.json";
constexpr const char* kProwMetadata = "custom-prow-metadata.json";

// The object in that file; an empty one when it is none.
Json object_in(const std::string& path) {
  const Result<std::string> text = read_file(path, kMetadataBytes);
  if (!text) return Json::object();
  Json json = parsed(*text);
  return json.is_object() ? json : Json::object();
}

const char* result_of(const FinishedStep& step) {
  if (step.passed) return "SUCCESS";
  const bool aborted = step.aborted || step.exit_code == 130;
  return aborted ? "ABORTED" : "FAILURE";
}

std::string finished_json(const FinishedStep& step, const std::string& artifacts) {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(step.ended.time_since_epoch()).count();
  return document_text({{"timestamp", seconds},
                        {"passed", step.passed},
                        {"result", result_of(step)},
                        {"metadata", object_in(join_path(artifacts, kStepMetadata))}});
}

std::string timing_json(const FinishedStep& step) {
  return document_text({{"started", iso_utc(step.started)},
                        {"ended", iso_utc(step.ended)},
                        {"duration_s", step.duration_s}});
}

// An earlier attempt's results are kept beside.
Result<void> make_room(const std::string& target) {
  if (path_exists(target)) {
    std::string kept;
    for (int n = 1; kept.empty() || path_exists(kept); ++n) kept = target + "." + std::to_string(n);
    if (::rename(target.c_str(), kept.c_str()) != 0) return system_error(target, "rename", errno);
  }
  return make_directories(target);
}

void censor_all(const std::string& root, const ArtifactTree& tree, const Censor& censor,
                Published& published) {
  for (const ArtifactFile& file : tree.files) {
    const std::string path = join_path(root, file.path);
    const Result<bool> done = censor.censor_file(path);
    if (done) {
      published.censored += *done ? 1 : 0;
      continue;
    }
    // What cannot be censored is not published.
    ::unlink(path.c_str());
    published.warnings.push_back(done.error().text + "; the file is not published");
  }
}

void put_beside(const PublishRequest& request, const char* name, Published& published) {
  const std::string from = join_path(request.step_dir, name);
  const std::string to = join_path(request.target, name);
  if (::link(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return;
  // No hard links here, perhaps: a link by name does as well inside of the run directory.
  if (::symlink(from.c_str(), to.c_str()) != 0) {
    published.warnings.push_back(system_error(to, "publish", errno).text);
  }
}

void write_beside(const PublishRequest& request, const char* name, std::string_view content,
                  Published& published) {
  const std::string text = request.censor->censored(content);
  if (const Result<void> done = write_file_atomic(join_path(request.target, name), text); !done) {
    published.warnings.push_back(done.error().text);
  }
}

void find_prow_metadata(const std::string& directory, int depth, std::vector<std::string>& found) {
  constexpr int kDeepestMetadata = 16;
  const Result<std::vector<DirEntry>> entries = list_directory(directory);
  if (!entries || depth > kDeepestMetadata) return;
  for (const DirEntry& entry : *entries) {
    const std::string path = join_path(directory, entry.name);
    if (entry.kind == DirEntry::Kind::directory) find_prow_metadata(path, depth + 1, found);
    if (entry.kind == DirEntry::Kind::file && entry.name == kProwMetadata) found.push_back(path);
  }
}

}  // namespace

Result<Published> publish_step(const PublishRequest& request) {
  CHECK(request.censor != nullptr);
  Published published;
  if (const Result<void> made = make_room(request.target); !made) return made.error();
  const std::string from = join_path(request.step_dir, kStepArtifacts);
  const std::string to = join_path(request.target, kStepArtifacts);
  struct stat info {};
  if (::lstat(from.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
    ArtifactTree tree = clean_artifacts(from);
    published.warnings = tree.warnings;
    published.dropped = limit_artifacts(from, tree, request.max_bytes);
    censor_all(from, tree, *request.censor, published);
    for (const ArtifactFile& file : tree.files) published.bytes += file.bytes;
    published.files = tree.files.size();
    if (::rename(from.c_str(), to.c_str()) != 0) {
      published.warnings.push_back(system_error(to, "publish", errno).text);
    }
  }
  if (!published.dropped.empty()) {
    write_beside(request, "dropped.txt", join(published.dropped, "\n") + "\n", published);
  }
  put_beside(request, kStepLog, published);
  put_beside(request, kStepStatus, published);
  write_beside(request, "finished.json", finished_json(request.finished, to), published);
  write_beside(request, "timing.json", timing_json(request.finished), published);
  return published;
}

Result<std::vector<std::string>> publish_metadata(const std::string& artifacts_dir,
                                                  const std::string& job,
                                                  const std::string& run_id) {
  std::vector<std::string> found;
  std::vector<std::string> warnings;
  find_prow_metadata(artifacts_dir, 0, found);
  Json metadata = {{"job", job}, {"run", run_id}};
  if (found.size() == 1) metadata.update(object_in(found.front()));
  if (found.size() > 1) {
    warnings.push_back(std::to_string(found.size()) + " files named `" + kProwMetadata +
                       "` were left by steps; one was expected, none is used");
  }
  const std::string path = join_path(artifacts_dir, kStepMetadata);
  if (const Result<void> done = write_file_atomic(path, document_text(metadata)); !done)
    return done.error();
  return warnings;
}

}  // namespace stepreg::exec
