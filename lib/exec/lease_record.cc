#include "exec/lease_record.h"
#include "exec/json_fields.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <utility>

#include "base/fs.h"
#include "base/text.h"
#include "exec/run_dir.h"

namespace stepreg::exec {

namespace {

constexpr std::uint64_t kRecordBytes = 1U << 20;
constexpr const char* kLockName = ".lock";
constexpr const char* kQueueName = ".queue.json";
constexpr const char* kSuffix = ".json";

Json owner_json(const LeaseOwner& owner) {
  return {{"run", owner.run_id},
          {"pid", owner.process.pid},
          {"start_ticks", owner.process.start_ticks},
          {"boot_id", owner.process.boot_id}};
}

LeaseOwner owner_from(const Json& json) {
  return {text_of(json, "run"),
          {number_of<std::int64_t>(json, "pid").value_or(0),
           number_of<std::uint64_t>(json, "start_ticks").value_or(0), text_of(json, "boot_id")}};
}

std::string record_json(const StoredLease& lease) {
  const LeaseRecord& record = lease.record;
  Json json = {
      {"type", record.type}, {"name", record.name}, {"state", lease_state_name(record.state)}};
  if (record.owner) json["owner"] = owner_json(*record.owner);
  if (record.owner) json["env"] = lease.env;
  if (record.owner) json["order"] = lease.order;
  if (record.acquired) json["acquired"] = iso_utc(*record.acquired);
  if (record.heartbeat) json["heartbeat"] = iso_utc(*record.heartbeat);
  return dumped(json) + "\n";
}

// nullopt: not a record.
std::optional<StoredLease> parse_record(const std::string& text) {
  const Json json = parsed(text);
  if (!json.is_object()) return std::nullopt;
  StoredLease lease;
  LeaseRecord& record = lease.record;
  record.type = text_of(json, "type");
  record.name = text_of(json, "name");
  const std::string state = text_of(json, "state");
  if (state == "free") return lease;
  if (state != "leased" && state != "dirty") return std::nullopt;
  record.state = state == "leased" ? LeaseState::leased : LeaseState::dirty;
  const auto owner = json.find("owner");
  if (owner != json.end() && owner->is_object()) record.owner = owner_from(*owner);
  if (!record.owner || !is_alive(record.owner->process)) record.state = LeaseState::dirty;
  record.acquired = parse_wall_time(text_of(json, "acquired"));
  record.heartbeat = parse_wall_time(text_of(json, "heartbeat"));
  lease.env = text_of(json, "env");
  lease.order = number_of<std::size_t>(json, "order").value_or(0);
  return lease;
}

StoredLease not_understood() {
  StoredLease lease;
  lease.record.state = LeaseState::dirty;
  return lease;
}

}  // namespace

const char* lease_state_name(LeaseState state) {
  switch (state) {
    case LeaseState::free:
      return "free";
    case LeaseState::leased:
      return "leased";
    case LeaseState::dirty:
      return "dirty";
  }
  return "dirty";
}

LockedPool::LockedPool(std::string directory, std::string type, UniqueFd fd)
    : directory_(std::move(directory)), type_(std::move(type)), fd_(std::move(fd)) {}

Result<LockedPool> LockedPool::lock(const std::string& leases_dir, const std::string& type,
                                    std::chrono::milliseconds patience) {
  const std::string directory = join_path(leases_dir, path_component(type));
  if (const Result<void> made = make_directories(directory); !made) return made.error();
  const std::string path = join_path(directory, kLockName);
  UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!fd.valid()) return system_error(path, "open", errno);
  const auto end = std::chrono::steady_clock::now() + patience;
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return system_error(path, "lock", errno);
    if (std::chrono::steady_clock::now() >= end) {
      return Error{Error::Code::busy, path + ": the lease pool is locked by another process"};
    }
    ::usleep(2000);
  }
  return LockedPool(directory, type, std::move(fd));
}

std::string LockedPool::record_path(const std::string& name) const {
  return join_path(directory_, path_component(name) + kSuffix);
}

Result<StoredLease> LockedPool::load(const std::string& name) const {
  const Result<std::string> text = read_file(record_path(name), kRecordBytes);
  StoredLease lease;
  if (text) {
    lease = parse_record(*text).value_or(not_understood());
  } else if (text.error().code != Error::Code::not_found) {
    return text.error();
  }
  lease.record.type = type_;
  lease.record.name = name;
  return lease;
}

Result<void> LockedPool::store(const StoredLease& lease) const {
  return write_file_atomic(record_path(lease.record.name), record_json(lease));
}

std::vector<LeaseWaiter> LockedPool::queue() const {
  std::vector<LeaseWaiter> waiters;
  const Result<std::string> text = read_file(join_path(directory_, kQueueName), kRecordBytes);
  if (!text) return waiters;
  const Json json = parsed(*text);
  if (!json.is_array()) return waiters;
  const WallTime patient_since = wall_now() - kLeaseWaiterPatience;
  for (const Json& entry : json) {
    if (!entry.is_object()) continue;
    LeaseWaiter waiter{owner_from(entry), {}, {}};
    waiter.seen = parse_wall_time(text_of(entry, "seen")).value_or(WallTime{});
    const auto names = entry.find("names");
    if (names == entry.end() || !names->is_array()) continue;
    for (const Json& name : *names) {
      if (name.is_string()) waiter.names.push_back(name.get<std::string>());
    }
    if (waiter.seen < patient_since || !is_alive(waiter.owner.process)) continue;
    waiters.push_back(std::move(waiter));
  }
  return waiters;
}

// Losing the queue costs fairness, nothing else: failures are ignored and nothing is flushed.
void LockedPool::store_queue(const std::vector<LeaseWaiter>& waiters) const {
  Json json = Json::array();
  for (const LeaseWaiter& waiter : waiters) {
    Json entry = owner_json(waiter.owner);
    entry["names"] = waiter.names;
    entry["seen"] = iso_utc(waiter.seen);
    json.push_back(std::move(entry));
  }
  const std::string path = join_path(directory_, kQueueName);
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (fd.valid()) write_all(fd.get(), dumped(json) + "\n");
}

Result<std::vector<StoredLease>> stored_leases(const std::string& pool_dir) {
  std::vector<StoredLease> leases;
  const Result<std::vector<DirEntry>> entries = list_directory(pool_dir);
  if (!entries) return entries.error();
  for (const DirEntry& entry : *entries) {
    if (entry.name.front() == '.' || !entry.name.ends_with(kSuffix)) continue;
    const Result<std::string> text = read_file(join_path(pool_dir, entry.name), kRecordBytes);
    if (!text && text.error().code == Error::Code::not_found) continue;
    StoredLease lease = text ? parse_record(*text).value_or(not_understood()) : not_understood();
    if (lease.record.name.empty()) {
      lease.record.type = base_name(pool_dir);
      lease.record.name = entry.name.substr(0, entry.name.size() - std::string(kSuffix).size());
    }
    leases.push_back(std::move(lease));
  }
  return leases;
}

Result<std::vector<std::string>> pool_directories(const std::string& leases_dir) {
  std::vector<std::string> directories;
  const Result<std::vector<DirEntry>> entries = list_directory(leases_dir);
  if (!entries) {
    if (entries.error().code == Error::Code::not_found) return directories;
    return entries.error();
  }
  for (const DirEntry& entry : *entries) {
    if (entry.kind == DirEntry::Kind::directory) {
      directories.push_back(join_path(leases_dir, entry.name));
    }
  }
  return directories;
}

}  // namespace stepreg::exec
