#include "exec/credentials.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <set>

#include "base/fs.h"
#include "base/text.h"
#include "base/unique_fd.h"

namespace stepreg::exec {

namespace {

constexpr std::uint64_t kMaxCredentialBytes = 64U << 20;
constexpr const char* kMemoryDir = "/dev/shm";
constexpr const char* kProfile = "cluster-profile";

// Where the store has it and how it is called here: NAMESPACE/NAME, COLLECTION/GROUP (a single
// field of it is a file), or bundles/BUNDLE.
std::string store_path(const plan::Credential& credential) {
  if (!credential.bundle.empty()) return "bundles/" + credential.bundle;
  if (!credential.name.empty()) return credential.ns + "/" + credential.name;
  return credential.collection + "/" + credential.group +
         (credential.field.empty() ? "" : "/" + credential.field);
}

std::string short_name(const plan::Credential& credential) {
  if (!credential.bundle.empty()) return credential.bundle;
  return credential.name.empty() ? credential.group : credential.name;
}

Result<void> write_secret(const std::string& path, const std::string& content) {
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400));
  if (!fd.valid()) return system_error(path, "create", errno);
  if (!write_all(fd.get(), content)) return system_error(path, "write", errno);
  return {};
}

// Files of the directory and of those below it; links to files are followed, hidden `..data`
// directories of mounted secrets are passed over.
Result<void> copy_tree(const std::string& from, const std::string& to, int depth) {
  if (::mkdir(to.c_str(), 0700) != 0 && errno != EEXIST) return system_error(to, "create", errno);
  const auto entries = list_directory(from);
  if (!entries) return entries.error();
  for (const DirEntry& entry : *entries) {
    if (entry.name.starts_with("..")) continue;
    const std::string source = from + "/" + entry.name;
    const std::string target = to + "/" + entry.name;
    if (is_directory(source)) {
      if (depth == 0) return Error{Error::Code::invalid, source + ": nested too deeply"};
      if (Result<void> copied = copy_tree(source, target, depth - 1); !copied) return copied;
      continue;
    }
    const auto content = read_file(source, kMaxCredentialBytes);
    if (!content) return content.error();
    if (Result<void> written = write_secret(target, *content); !written) return written;
  }
  ::chmod(to.c_str(), 0500);
  return {};
}

void overwrite(const std::string& path) {
  ::chmod(path.c_str(), 0600);
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat info {};
  if (!fd.valid() || ::fstat(fd.get(), &info) != 0) return;
  const std::string zeros(static_cast<std::size_t>(info.st_size), '\0');
  (void)write_all(fd.get(), zeros);
}

Result<void> wipe_tree(const std::string& path) {
  ::chmod(path.c_str(), 0700);
  const auto entries = list_directory(path);
  if (!entries) return entries.error();
  for (const DirEntry& entry : *entries) {
    const std::string child = path + "/" + entry.name;
    if (entry.kind == DirEntry::Kind::directory) {
      if (Result<void> wiped = wipe_tree(child); !wiped) return wiped;
      continue;
    }
    if (entry.kind == DirEntry::Kind::file) overwrite(child);
    if (::unlink(child.c_str()) != 0) return system_error(child, "remove", errno);
  }
  if (::rmdir(path.c_str()) != 0) return system_error(path, "remove", errno);
  return {};
}

}  // namespace

Credentials::Credentials(const plan::Plan& plan, const RunDir& run, std::string settings_root)
    : plan_(plan), run_(run), settings_root_(std::move(settings_root)) {}

std::string Credentials::settings_path(const std::string& path) const {
  return path.starts_with('/') ? path : join_path(settings_root_, path);
}

std::vector<Credentials::Source> Credentials::sources() const {
  std::vector<Source> out;
  std::set<std::string> seen;
  for (const plan::Step& step : plan_.steps) {
    for (const plan::Credential& credential : step.credentials) {
      const std::string path = store_path(credential);
      if (!seen.insert(path + "\n" + credential.as).second) continue;
      const std::string file = credential.field.empty() ? ""
                               : credential.as.empty()  ? credential.field
                                                        : credential.as;
      out.push_back({settings_path(join_path(plan_.machine.credential_store, path)),
                     join_path(directory(), path_component(path)), file,
                     credential.skip_if_missing});
    }
  }
  if (plan_.job.cluster_profile) {
    for (const auto& [name, path] : plan_.machine.cluster_profile_dirs) {
      if (name == plan_.job.cluster_profile->name) {
        out.push_back({settings_path(path), join_path(directory(), kProfile), "", false});
      }
    }
  }
  return out;
}

bool Credentials::wanted() const {
  return plan_.job.cluster_profile.has_value() || !sources().empty();
}

std::optional<MissingCredential> Credentials::missing() const {
  const bool steps_want = std::any_of(plan_.steps.begin(), plan_.steps.end(),
                                      [](const plan::Step& s) { return !s.credentials.empty(); });
  if (steps_want && plan_.machine.credential_store.empty()) {
    return MissingCredential{
        "steps want credentials, but no `credential_store` is set in `run:` of the settings"};
  }
  if (plan_.job.cluster_profile && profile_dir().empty()) {
    return MissingCredential{"cluster profile " + in_quotes(plan_.job.cluster_profile->name) +
                             " has no directory in `cluster_profiles` of the settings"};
  }
  std::optional<MissingCredential> out;
  for (const Source& source : sources()) {
    const bool there = source.as.empty() ? is_directory(source.from) : path_exists(source.from);
    if (!there && (!out || out->skip)) {
      out = {source.from + ": credential or cluster profile is not there", source.skip_if_missing};
    }
    if (path_exists(source.from + "/vpn.yaml")) {
      return MissingCredential{source.from +
                               "/vpn.yaml: profiles that need a VPN are not supported"};
    }
  }
  return out;
}

Result<void> Credentials::provide() const {
  if (Result<void> old = remove(); !old) return old;
  const std::string target = directory();
  const std::string memory = join_path(kMemoryDir, "steprun-" + run_.id());
  const bool in_memory = ::access(kMemoryDir, W_OK) == 0 && ::mkdir(memory.c_str(), 0700) == 0 &&
                         ::symlink(memory.c_str(), target.c_str()) == 0;
  if (!in_memory && ::mkdir(target.c_str(), 0700) != 0 && errno != EEXIST) {
    return system_error(target, "create", errno);
  }
  for (const Source& source : sources()) {
    if (source.as.empty()) {
      if (Result<void> copied = copy_tree(source.from, source.to, 4); !copied) return copied;
      continue;
    }
    const auto content = read_file(source.from, kMaxCredentialBytes);
    if (!content) return content.error();
    if (::mkdir(source.to.c_str(), 0700) != 0 && errno != EEXIST) {
      return system_error(source.to, "create", errno);
    }
    if (Result<void> w = write_secret(source.to + "/" + source.as, *content); !w) return w;
  }
  return {};
}

Result<void> Credentials::remove() const {
  const std::string memory = join_path(kMemoryDir, "steprun-" + run_.id());
  if (is_directory(memory)) {
    if (Result<void> wiped = wipe_tree(memory); !wiped) return wiped;
  }
  struct stat info {};
  if (::lstat(directory().c_str(), &info) != 0) return {};
  if (S_ISLNK(info.st_mode)) {
    if (::unlink(directory().c_str()) != 0) return system_error(directory(), "remove", errno);
    return {};
  }
  return wipe_tree(directory());
}

std::string Credentials::profile_dir() const {
  if (!plan_.job.cluster_profile) return {};
  for (const auto& [name, path] : plan_.machine.cluster_profile_dirs) {
    if (name == plan_.job.cluster_profile->name) return join_path(directory(), kProfile);
  }
  return {};
}

Variables Credentials::variables(const plan::Step& step) const {
  Variables out;
  for (const plan::Credential& credential : step.credentials) {
    std::string name = "CREDENTIAL_DIR_";
    for (char c : short_name(credential)) {
      const auto byte = static_cast<unsigned char>(c);
      name += std::isalnum(byte) ? static_cast<char>(std::toupper(byte)) : '_';
    }
    out.emplace_back(name, join_path(directory(), path_component(store_path(credential))));
  }
  return out;
}

}  // namespace stepreg::exec
