// The writer; status_reader.cc has the readers.
#include "exec/status_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/text.h"
#include "base/unique_fd.h"
#include "exec/status_states.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kRejectedBytes = 64;  // of an unknown state's name, in the note (S007)

std::string clean_note(std::string_view note, std::size_t max_bytes) {
  std::string escaped;
  escaped.reserve(std::min(note.size(), max_bytes) + 2);
  for (const char c : note) {
    if (escaped.size() > max_bytes + 4) break;  // enough to be cut below
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      escaped += "\\n";
    } else {
      escaped += byte < 0x20 || byte == 0x7f ? ' ' : c;
    }
  }
  const std::string text = valid_utf8(escaped);
  std::string cut(cut_utf8(text, max_bytes));
  // The cut may have come between a backslash and its `n`.
  if (cut.size() < text.size() && cut.ends_with('\\')) cut.pop_back();
  return cut;
}

// Magic numbers of statfs(2) for file systems whose appends are not atomic among machines.
bool is_network_file_system(const std::string& path) {
  struct statfs info {};
  if (::statfs(path.c_str(), &info) != 0) return false;
  switch (static_cast<unsigned long>(info.f_type) & 0xffffffffUL) {
    case 0x6969:      // NFS
    case 0x517b:      // SMB
    case 0xff534d42:  // CIFS
    case 0xfe534d42:  // SMB2
    case 0x00c36400:  // Ceph
    case 0x0bd00bd0:  // Lustre
    case 0x5346414f:  // AFS
      return true;
    default:
      return false;
  }
}

bool write_once(int fd, std::string_view bytes) {
  while (true) {
    const ssize_t done = ::write(fd, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done >= 0 && static_cast<std::size_t>(done) < bytes.size()) errno = ENOSPC;
    return done == static_cast<ssize_t>(bytes.size());
  }
}

// No links and no waiting for a reader: a step may have put anything in the place of its file.
constexpr int kOpenFlags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;

UniqueFd open_or_create(const std::string& path, const StatusOptions& options) {
  UniqueFd fd(::open(path.c_str(), kOpenFlags));
  if (fd.valid() || errno != ENOENT) return fd;
  const auto mode = static_cast<mode_t>(options.mode);
  fd.reset(::open(path.c_str(), kOpenFlags | O_CREAT | O_EXCL, mode));
  if (!fd.valid()) {
    if (errno == EEXIST) fd.reset(::open(path.c_str(), kOpenFlags));
    return fd;
  }
  ::fchmod(fd.get(), mode);
  if (!write_once(fd.get(), status_line(wall_now(), "STATUS_CREATED", {}, options.form))) {
    const int error = errno;
    fd.reset();
    errno = error;
  }
  return fd;
}

// Starts a new line when somebody's record was torn (S008).
std::string after_torn_record(int fd, const std::string& line) {
  struct stat info {};
  char last = '\n';
  if (::fstat(fd, &info) != 0 || info.st_size == 0) return line;
  if (::pread(fd, &last, 1, info.st_size - 1) != 1 || last == '\n') return line;
  const std::string_view text = std::string_view(line).substr(0, line.size() - 1);
  return "\n" + std::string(cut_utf8(text, kStatusLineBytes - 2)) + "\n";
}

}  // namespace

std::string status_line(WallTime at, std::string_view state, std::string_view note,
                        StampForm form) {
  const std::string stamp = form == StampForm::epoch ? epoch_micros(at) : iso_micros(at);
  if (find_state(state) == nullptr) {
    const std::string rejected =
        "(" + clean_note(valid_utf8(state.substr(0, kRejectedBytes)), kRejectedBytes) + ") ";
    return stamp + " INVALID " + rejected + clean_note(note, kStatusNoteBytes - rejected.size()) +
           "\n";
  }
  return stamp + " " + std::string(state) + " " + clean_note(note, kStatusNoteBytes) + "\n";
}

StatusFile::StatusFile(std::string path, StatusOptions options)
    : path_(std::move(path)), options_(options) {
  const UniqueFd fd = open_or_create(path_, options_);
  if (!fd.valid()) last_error_ = system_error(path_, "create", errno).text;
  network_ = is_network_file_system(path_);
}

bool StatusFile::append(const std::string& line) {
  const UniqueFd fd = open_or_create(path_, options_);
  if (!fd.valid()) {
    last_error_ = system_error(path_, "open", errno).text;
    return false;
  }
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
    last_error_ = path_ + ": is not a regular file";
    return false;
  }
  if (network_) ::flock(fd.get(), LOCK_EX);
  if (!write_once(fd.get(), after_torn_record(fd.get(), line))) {
    last_error_ = system_error(path_, "write", errno).text;
    return false;
  }
  last_error_.clear();
  return true;
}

bool StatusFile::flush_kept() {
  while (!kept_.empty()) {
    if (!append(kept_.front())) return false;
    kept_.pop_front();
  }
  return true;
}

bool StatusFile::set(std::string_view state, std::string_view note, WallTime at) {
  std::string line = status_line(at, state, note, options_.form);
  if (flush_kept() && append(line)) return true;
  kept_.push_back(std::move(line));
  if (kept_.size() > kStatusKept) {
    kept_.pop_front();
    ++lost_;
  }
  return false;
}

bool StatusFile::set_final(std::string_view state, std::string_view note) {
  if (!set(state, note)) return false;
  const UniqueFd fd(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  return fd.valid() && ::fsync(fd.get()) == 0;
}

}  // namespace stepreg::exec
