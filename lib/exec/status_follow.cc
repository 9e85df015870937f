#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <string>

#include "base/fs.h"
#include "base/unique_fd.h"
#include "exec/status_file.h"

namespace stepreg::exec {

namespace {

constexpr int kPollMs = 1000;  // notification does not cross machines: look once a second anyway

// Wakes up when something happens in the directories of the given files.
class Watch {
 public:
  explicit Watch(std::initializer_list<std::string> files)
      : fd_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    if (!fd_.valid()) return;
    for (const std::string& file : files) {
      const std::string directory(parent_path(file));
      ::inotify_add_watch(fd_.get(), directory.empty() ? "." : directory.c_str(),
                          IN_MODIFY | IN_CREATE | IN_MOVED_TO);
    }
  }

  void wait() {
    pollfd ready{fd_.get(), POLLIN, 0};
    if (::poll(&ready, 1, kPollMs) <= 0) return;
    char events[4096];
    while (::read(fd_.get(), events, sizeof events) > 0) continue;
  }

 private:
  UniqueFd fd_;
};

}  // namespace

void follow_status(const std::string& path, const std::string& marker, Zone zone,
                   const std::function<bool(const StatusRecord&)>& receive,
                   const std::function<bool()>& tick) {
  Watch watch({path, marker});
  StatusFollower follower(path, zone);
  while (true) {
    // Asked before the records are read: what is written before the marker is not missed.
    const bool complete = path_exists(marker);
    for (const StatusRecord& record : follower.poll()) {
      if (!receive(record)) return;
    }
    if (complete || !tick()) return;
    watch.wait();
  }
}

}  // namespace stepreg::exec
