#include "exec/output_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "base/text.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kTailBytes = 16 << 10;

UniqueFd open_log(const std::string& path) {
  return UniqueFd(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
}

// A line as it can be shown and put into XML.
std::string clean(std::string_view line) {
  std::string out = valid_utf8(line);
  std::erase_if(out, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; });
  return out;
}

}  // namespace

OutputLog::OutputLog(std::string path, std::uint64_t limit, const Censor& censor, DiskGuard& disk)
    : path_(std::move(path)), limit_(limit), censor_(censor), disk_(disk), file_(open_log(path_)) {}

OutputLog::~OutputLog() {
  close();
}

void OutputLog::append(char* bytes, std::size_t size) {
  bytes_ += size;
  keep(censor_.feed(bytes, size));
}

void OutputLog::write(std::string_view text) {
  if (!file_.valid() || !disk_.write(file_.get(), text)) dropped_ += text.size();
}

void OutputLog::keep(std::string_view text) {
  if (text.size() >= kTailBytes) {
    tail_.assign(text.substr(text.size() - kTailBytes));
  } else {
    if (tail_.size() + text.size() > 2 * kTailBytes) tail_.erase(0, tail_.size() - kTailBytes);
    tail_ += text;
  }
  const std::uint64_t room = limit_ / 2 > head_bytes_ ? limit_ / 2 - head_bytes_ : 0;
  const std::string_view head = text.substr(0, std::min<std::uint64_t>(room, text.size()));
  if (!head.empty()) write(head);
  head_bytes_ += head.size();
  text.remove_prefix(head.size());
  if (!text.empty()) write_end(text);
}

void OutputLog::write_end(std::string_view text) {
  const std::string newer = path_ + ".end";
  while (!text.empty()) {
    if (end_.valid() && end_bytes_ >= limit_ / 2) {
      dropped_ += older_bytes_;
      older_bytes_ = end_bytes_;
      end_.reset();
      ::rename(newer.c_str(), (path_ + ".older").c_str());
    }
    if (!end_.valid()) {
      end_ = open_log(newer);
      end_bytes_ = 0;
    }
    const std::uint64_t room = std::max<std::uint64_t>(limit_ / 2 - end_bytes_, 1);
    const std::string_view part = text.substr(0, std::min<std::uint64_t>(room, text.size()));
    if (!end_.valid() || !disk_.write(end_.get(), part)) dropped_ += part.size();
    end_bytes_ += part.size();
    text.remove_prefix(part.size());
  }
}

// The last half of the limit is the end of the older file and all of the newer one.
void OutputLog::join_end() {
  const std::string newer = path_ + ".end";
  const std::string older = path_ + ".older";
  const std::uint64_t from_older = std::min(older_bytes_, limit_ / 2 - end_bytes_);
  dropped_ += older_bytes_ - from_older;
  if (dropped_ > 0) {
    write("\n[" + std::to_string(dropped_) + " bytes of output were left out here]\n");
  }
  const auto copy = [&](int from, std::uint64_t skip) {
    std::string block(256 << 10, '\0');
    ::lseek(from, static_cast<off_t>(skip), SEEK_SET);
    for (ssize_t got = 0; (got = ::read(from, block.data(), block.size())) > 0;) {
      write(std::string_view(block).substr(0, static_cast<std::size_t>(got)));
    }
  };
  if (from_older > 0) {
    const UniqueFd fd(::open(older.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.valid()) copy(fd.get(), older_bytes_ - from_older);
  }
  copy(end_.get(), 0);
  end_.reset();
  ::unlink(newer.c_str());
  ::unlink(older.c_str());
}

void OutputLog::close() {
  if (closed_) return;
  closed_ = true;
  keep(censor_.finish());
  const std::uint64_t lost = dropped_;
  if (end_.valid()) {
    join_end();
  } else if (lost > 0) {
    write("\n[" + std::to_string(lost) + " bytes of output could not be written]\n");
  }
  file_.reset();
}

std::vector<std::string> OutputLog::last_lines(std::size_t count) const {
  std::string_view text = tail_;
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::vector<std::string> out;
  if (text.empty()) return out;
  const auto lines = split(text, '\n');
  const std::size_t first = lines.size() > count ? lines.size() - count : 0;
  for (std::size_t i = first; i < lines.size(); ++i) out.push_back(clean(lines[i]));
  return out;
}

std::string OutputLog::last_line() const {
  const auto lines = last_lines(50);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (!trimmed(*line).empty()) return std::string(cut_utf8(*line, 500));
  }
  return {};
}

}  // namespace stepreg::exec
