#include "exec/shared_dir.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <map>
#include <utility>

#include "base/fs.h"
#include "base/text.h"
#include "base/unique_fd.h"

namespace stepreg::exec {

// The files of one shared directory, in memory: at most kSharedDirBytes.
struct SharedDir::Content {
  std::map<std::string, std::string> files;
  std::vector<std::string> dropped;
  std::uint64_t bytes = 0;
};

namespace {

constexpr const char* kCurrent = "current";
constexpr std::size_t kLongestName = 253;

// Names of the keys of a Kubernetes Secret (E234).
bool is_key_name(const std::string& name) {
  if (name.empty() || name.size() > kLongestName || name == "." || name.starts_with("..")) {
    return false;
  }
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

Error too_large(const std::string& directory) {
  return {Error::Code::too_large, directory + ": the shared directory may have at most " +
                                      std::to_string(kSharedDirBytes) + " bytes"};
}

enum class Found { file, dropped, special };

// What an entry counts as, links followed.
Found classify(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    struct stat link {};
    const bool is_link = ::lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode);
    return is_link ? Found::dropped : Found::file;  // reading it will tell what is wrong
  }
  if (S_ISDIR(info.st_mode)) return Found::dropped;
  return S_ISREG(info.st_mode) ? Found::file : Found::special;
}

// `Content` is private to SharedDir, hence a template.
template <class Content>
Result<void> read_file_into(Content& content, const std::string& directory,
                            const std::string& name) {
  const std::string path = join_path(directory, name);
  const Found found = classify(path);
  if (found == Found::dropped) {
    content.dropped.push_back(name);
    return {};
  }
  if (found == Found::special) {
    return Error{Error::Code::invalid, path + ": is neither a file nor a directory"};
  }
  if (!is_key_name(name)) {
    return Error{Error::Code::invalid,
                 directory + ": the name " + in_quotes(name) +
                     " is not allowed; use letters, digits, `-`, `_` and `.`, at most 253"};
  }
  Result<std::string> text = read_file(path, kSharedDirBytes);
  if (!text && text.error().code == Error::Code::too_large) return too_large(directory);
  if (!text) return text.error();
  content.bytes += text->size();
  if (content.bytes > kSharedDirBytes) return too_large(directory);
  content.files.emplace(name, std::move(*text));
  return {};
}

// A private copy by the rules of V044; an error is the reason why its commit is rejected.
template <class Content>
Result<Content> read_content(const std::string& directory) {
  const Result<std::vector<DirEntry>> entries = list_directory(directory);
  if (!entries) return entries.error();
  Content content;
  for (const DirEntry& entry : *entries) {
    if (const Result<void> done = read_file_into(content, directory, entry.name); !done) {
      return done.error();
    }
  }
  return content;
}

Result<void> write_new(const std::string& path, std::string_view content, mode_t mode, bool flush) {
  UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!fd.valid()) return system_error(path, "create", errno);
  if (!write_all(fd.get(), content) || ::fchmod(fd.get(), mode) != 0 ||
      (flush && ::fdatasync(fd.get()) != 0)) {
    return system_error(path, "write", errno);
  }
  if (::close(fd.release()) != 0) return system_error(path, "write", errno);
  return {};
}

void flush_directory(const std::string& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.valid()) ::fsync(fd.get());
}

// A failure shows when something is put in the place.
void clear(const std::string& path) {
  static_cast<void>(remove_tree(path));
}

bool is_generation(const std::string& name) {
  return name.size() >= 6 &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string generation_name(unsigned number) {
  char name[16];
  std::snprintf(name, sizeof name, "%06u", number);
  return name;
}

}  // namespace

SharedDir::SharedDir(std::string directory, unsigned generation)
    : directory_(std::move(directory)), generation_(generation) {}

std::string SharedDir::path_of(unsigned generation) const {
  return join_path(directory_, generation_name(generation));
}

std::string SharedDir::current_path() const {
  return path_of(generation_);
}

Result<SharedDir> SharedDir::create(const std::string& directory) {
  if (::mkdir(directory.c_str(), 0755) != 0) return system_error(directory, "create", errno);
  SharedDir shared(directory, 0);
  if (const Result<void> made = shared.make_generation(0, {}); !made) return made.error();
  if (const Result<void> done = shared.switch_to(0); !done) return done.error();
  return shared;
}

Result<SharedDir> SharedDir::open(const std::string& directory) {
  const std::string link = join_path(directory, kCurrent);
  char target[64] = {};
  const ssize_t size = ::readlink(link.c_str(), target, sizeof target - 1);
  if (size < 0) return system_error(link, "read", errno);
  const std::string name(target, static_cast<std::size_t>(size));
  if (!is_generation(name) || name.size() > 9 || !is_directory(join_path(directory, name))) {
    return Error{Error::Code::invalid, link + ": does not lead to a generation"};
  }
  SharedDir shared(directory, static_cast<unsigned>(std::stoul(name)));
  const Result<std::vector<DirEntry>> entries = list_directory(directory);
  if (!entries) return entries.error();
  for (const DirEntry& entry : *entries) {
    const bool unfinished = entry.name.front() == '.';
    const bool never_current = is_generation(entry.name) && entry.name > name;
    if (unfinished || never_current) clear(join_path(directory, entry.name));
  }
  return shared;
}

// Made under another name, so that a generation is complete whenever it exists. Unchanged files are
// links to the previous generation: they are on the disk already.
Result<void> SharedDir::make_generation(unsigned number, const Content& content) const {
  const std::string unfinished = join_path(directory_, "." + generation_name(number));
  clear(unfinished);
  if (::mkdir(unfinished.c_str(), 0755) != 0) return system_error(unfinished, "create", errno);
  for (const auto& [name, text] : content.files) {
    const std::string path = join_path(unfinished, name);
    const std::string before = join_path(current_path(), name);
    const Result<std::string> old = read_file(before, kSharedDirBytes);
    if (old && *old == text && ::link(before.c_str(), path.c_str()) == 0) continue;
    if (Result<void> written = write_new(path, text, 0444, true); !written) {
      clear(unfinished);
      return written;
    }
  }
  flush_directory(unfinished);
  clear(path_of(number));
  if (::rename(unfinished.c_str(), path_of(number).c_str()) != 0) {
    const int error = errno;
    clear(unfinished);
    return system_error(path_of(number), "create", error);
  }
  return {};
}

Result<void> SharedDir::switch_to(unsigned number) {
  const std::string unfinished = join_path(directory_, ".current");
  const std::string link = join_path(directory_, kCurrent);
  ::unlink(unfinished.c_str());
  if (::symlink(generation_name(number).c_str(), unfinished.c_str()) != 0 ||
      ::rename(unfinished.c_str(), link.c_str()) != 0) {
    return system_error(link, "switch", errno);
  }
  flush_directory(directory_);
  generation_ = number;
  return {};
}

void SharedDir::remove_old() const {
  if (generation_ < kSharedGenerationsKept) return;
  const Result<std::vector<DirEntry>> entries = list_directory(directory_);
  if (!entries) return;
  const std::string oldest = generation_name(generation_ - kSharedGenerationsKept + 1);
  for (const DirEntry& entry : *entries) {
    if (is_generation(entry.name) && entry.name < oldest) {
      clear(join_path(directory_, entry.name));
    }
  }
}

Result<void> SharedDir::advance_to(const Content& content) {
  const Result<Content> current = read_content<Content>(current_path());
  if (current && current->files == content.files) return {};
  const unsigned next = generation_ + 1;
  if (Result<void> made = make_generation(next, content); !made) return made;
  if (Result<void> done = switch_to(next); !done) {
    clear(path_of(next));
    return done;
  }
  remove_old();
  return {};
}

Result<void> SharedDir::copy_to(const std::string& private_dir) const {
  const Result<Content> content = read_content<Content>(current_path());
  if (!content) return content.error();
  clear(private_dir);
  if (::mkdir(private_dir.c_str(), 0755) != 0) return system_error(private_dir, "create", errno);
  for (const auto& [name, text] : content->files) {
    if (Result<void> done = write_new(join_path(private_dir, name), text, 0644, false); !done) {
      return done;
    }
  }
  return {};
}

Result<void> SharedDir::refresh(const std::string& observer_dir) const {
  const Result<Content> content = read_content<Content>(current_path());
  if (!content) return content.error();
  if (::mkdir(observer_dir.c_str(), 0755) != 0 && errno != EEXIST) {
    return system_error(observer_dir, "create", errno);
  }
  const Result<std::vector<DirEntry>> present = list_directory(observer_dir);
  if (!present) return present.error();
  for (const auto& [name, text] : content->files) {
    const std::string path = join_path(observer_dir, name);
    const Result<std::string> old = read_file(path, kSharedDirBytes);
    if (old && *old == text) continue;
    if (Result<void> done = write_file_atomic(path, text, 0644); !done) return done;
  }
  for (const DirEntry& entry : *present) {
    if (content->files.count(entry.name) == 0) {
      ::unlink(join_path(observer_dir, entry.name).c_str());
    }
  }
  return {};
}

CommitOutcome SharedDir::commit(const std::string& private_dir) {
  CommitOutcome outcome;
  const Result<Content> content = read_content<Content>(private_dir);
  if (!content) {
    outcome.rejected = content.error();
  } else {
    outcome.bytes = content->bytes;
    outcome.dropped = content->dropped;
    const Result<void> done = advance_to(*content);
    outcome.committed = done.has_value();
    if (!done) outcome.rejected = done.error();
  }
  outcome.generation = generation_;
  return outcome;
}

Result<SalvageOutcome> SharedDir::salvage(const std::string& private_dir) {
  SalvageOutcome outcome;
  outcome.generation = generation_;
  Result<Content> current = read_content<Content>(current_path());
  if (!current) return current.error();
  const Result<std::vector<DirEntry>> entries = list_directory(private_dir);
  if (!entries) return entries.error();
  // Each file for itself: one that breaks a rule must not cost the others.
  Content changed;
  for (const DirEntry& entry : *entries) {
    Content one;
    const Result<void> read = read_file_into(one, private_dir, entry.name);
    if (!read) outcome.skipped.push_back(entry.name + ": " + read.error().text);
    for (auto& [name, text] : one.files) {
      const auto old = current->files.find(name);
      if (old == current->files.end() || old->second != text) changed.files[name] = std::move(text);
    }
  }
  const auto merge = [&current](const std::map<std::string, std::string>& files) {
    Content merged = *current;
    for (const auto& [name, text] : files) merged.files[name] = text;
    for (const auto& [name, text] : merged.files) merged.bytes += text.size();
    merged.bytes -= current->bytes;
    return merged;
  };
  Content merged = merge(changed.files);
  if (merged.bytes > kSharedDirBytes) {
    std::erase_if(changed.files, [&](const auto& file) {
      if (current->files.count(file.first) == 0) return false;
      outcome.skipped.push_back(file.first + ": changed; all changes together are too large");
      return true;
    });
    merged = merge(changed.files);
  }
  if (merged.bytes > kSharedDirBytes) {
    outcome.skipped.push_back(too_large(private_dir).text);
    return outcome;
  }
  if (const Result<void> done = advance_to(merged); !done) return done.error();
  for (const auto& [name, text] : changed.files) outcome.merged.push_back(name);
  outcome.generation = generation_;
  return outcome;
}

Result<void> SharedDir::publish(const std::string& name, const std::string& from) {
  Result<Content> content = read_content<Content>(current_path());
  if (!content) return content.error();
  Content addition;
  const std::string directory(parent_path(from));
  if (Result<void> read = read_file_into(addition, directory, std::string(base_name(from)));
      !read) {
    return read;
  }
  if (addition.files.empty()) return Error{Error::Code::not_found, from + ": is not a file"};
  const auto old = content->files.find(name);
  const std::uint64_t replaced = old == content->files.end() ? 0 : old->second.size();
  if (content->bytes - replaced + addition.bytes > kSharedDirBytes)
    return too_large(current_path());
  return write_file_atomic(join_path(current_path(), name), addition.files.begin()->second, 0444);
}

}  // namespace stepreg::exec
