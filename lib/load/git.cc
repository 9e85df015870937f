#include "load/git.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/command.h"
#include "base/fs.h"
#include "base/text.h"

namespace stepreg::load {

namespace {

// A command of git: no prompts, no locks that somebody could wait for, paths taken as they are.
std::vector<std::string> git_command(const std::string& directory,
                                     std::initializer_list<std::string> arguments) {
  std::vector<std::string> command = {"env",
                                      "LC_ALL=C",
                                      "GIT_OPTIONAL_LOCKS=0",
                                      "GIT_TERMINAL_PROMPT=0",
                                      "GIT_LITERAL_PATHSPECS=1",
                                      "git",
                                      "-C",
                                      directory};
  command.insert(command.end(), arguments);
  return command;
}

// The nearest directory at or above `path` that exists, absolute; `rest` is what was cut off.
std::string existing_parent(std::string path, std::string& rest) {
  while (!is_directory(path)) {
    rest = join_path(base_name(path), rest);
    const std::string_view parent = parent_path(path);
    path = parent.empty() ? (path.starts_with('/') ? "/" : ".") : std::string(parent);
  }
  return real_path(path);
}

// Calls take(fields, path) for each record "FIELDS<tab>PATH<nul>".
template <class Take>
void each_record(std::string_view text, const Take& take) {
  for (const std::string_view record : split(text, '\0')) {
    const std::size_t tab = record.find('\t');
    if (tab == std::string_view::npos) continue;
    take(split(record.substr(0, tab), ' '), record.substr(tab + 1));
  }
}

std::vector<std::string> with_place(std::vector<std::string> arguments, const std::string& place) {
  if (!place.empty()) arguments.insert(arguments.end(), {"--", place});
  return arguments;
}

}  // namespace

Result<std::shared_ptr<GitRepository>> GitRepository::find(const std::string& directory) {
  std::string rest;
  const std::string start = existing_parent(directory.empty() ? "." : directory, rest);
  auto found = run_command(git_command(start, {"rev-parse", "--show-toplevel"}));
  if (!found) return found.error();
  const std::string_view top = trimmed(found->out);
  if (found->exit_code != 0 || top.empty()) {
    return Error{Error::Code::not_found,
                 start + ": is in no work tree of a git repository that can be read"};
  }
  return std::shared_ptr<GitRepository>(new GitRepository(std::string(top)));
}

Result<std::string> GitRepository::place_of(const std::string& path) const {
  std::string rest;
  const std::string directory = existing_parent(path.empty() ? "." : path, rest);
  if (directory == top_) return rest;
  if (directory.starts_with(top_ + "/")) return join_path(directory.substr(top_.size() + 1), rest);
  return Error{Error::Code::invalid, path + ": lies outside of the repository " + top_};
}

Result<std::string> GitRepository::run(std::vector<std::string> arguments) const {
  std::vector<std::string> command = git_command(top_, {});
  command.insert(command.end(), arguments.begin(), arguments.end());
  auto output = run_command(command);
  if (!output) return output.error();
  if (output->exit_code != 0) {
    return Error{Error::Code::failed, top_ + ": `git " + arguments[0] +
                                          "` failed: " + std::string(trimmed(output->err))};
  }
  return std::move(output->out);
}

Result<std::string> GitRepository::find_tree(const std::string& revision) const {
  auto found = run_command(git_command(
      top_, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}"}));
  if (!found) return found.error();
  if (found->exit_code != 0) {
    return Error{Error::Code::not_found,
                 "the revision " + in_quotes(revision) + " does not exist in " + top_};
  }
  return std::string(trimmed(found->out));
}

Result<std::vector<GitRepository::Entry>> GitRepository::list_tree(const std::string& tree,
                                                                   const std::string& place) const {
  auto text = run(with_place({"ls-tree", "-r", "-z", "--full-tree", tree}, place));
  if (!text) return text.error();
  std::vector<Entry> entries;
  each_record(*text, [&](const std::vector<std::string_view>& fields, std::string_view path) {
    if (fields.size() != 3) return;  // mode, type, id
    entries.push_back({std::string(path), std::string(fields[0]), std::string(fields[2])});
  });
  return entries;
}

Result<std::vector<GitRepository::IndexEntry>> GitRepository::list_index(
    const std::string& place) const {
  auto changed = run(with_place({"diff-files", "-z", "--name-only", "--no-ext-diff"}, place));
  if (!changed) return changed.error();
  std::unordered_set<std::string_view> dirty;
  for (const std::string_view path : split(*changed, '\0')) dirty.insert(path);
  // -v: a lower-case letter means that the user asked git not to look at the file.
  auto text = run(with_place({"ls-files", "-s", "-v", "-z"}, place));
  if (!text) return text.error();
  std::vector<IndexEntry> entries;
  each_record(*text, [&](const std::vector<std::string_view>& fields, std::string_view path) {
    if (fields.size() != 4) return;  // tag, mode, id, stage
    IndexEntry entry;
    entry.path = path;
    entry.mode = fields[1];
    entry.id = fields[2];
    entry.absent = fields[0] == "S" || fields[0] == "s";
    entry.trusted = fields[0] == "H" && fields[3] == "0" && !dirty.contains(path);
    if (fields[3] == "0" || fields[3] == "2") entries.push_back(std::move(entry));
  });
  return entries;
}

Result<void> GitRepository::start_reader() {
  if (reader_) return {};
  auto started = Subprocess::start(git_command(top_, {"cat-file", "--batch", "--follow-symlinks"}),
                                   Subprocess::Errors::shown);
  if (!started) return started.error();
  reader_.emplace(std::move(*started));
  return {};
}

Result<GitRepository::Object> GitRepository::read_answer(const std::string& name) {
  const Error broken{Error::Code::failed, name + ": `git cat-file` does not answer"};
  std::string header;
  if (!reader_->read_line(header)) return broken;
  // "ID TYPE SIZE" and the content; "NAME missing"; or "dangling SIZE" and the like with a text.
  if (header.ends_with(" missing") || header.ends_with(" ambiguous")) return Object{};
  const std::vector<std::string_view> fields = split(header, ' ');
  std::size_t size = 0;
  const std::string_view digits = fields.back();
  std::from_chars(digits.data(), digits.data() + digits.size(), size);
  Object object;
  if (!reader_->read_exactly(size + 1, object.content)) return broken;
  object.content.pop_back();  // the line feed behind it
  if (fields.size() != 3) return Object{};
  object.type = fields[1];
  return object;
}

Result<GitRepository::Object> GitRepository::read_object(const std::string& name) {
  if (name.find('\n') != std::string::npos) return Object{};
  const std::lock_guard lock(reading_);
  if (auto started = start_reader(); !started) return started.error();
  reader_->write(name + "\n");  // a failure shows when the answer does not come
  return read_answer(name);
}

Result<std::vector<GitRepository::Object>> GitRepository::read_objects(
    const std::vector<std::string>& ids, const std::string& tree) {
  // Requests that certainly fit into the buffer of the socket: neither side waits for the other.
  constexpr std::size_t kAtOnce = 500;
  fetch_missing(ids, tree);
  const std::lock_guard lock(reading_);
  if (auto started = start_reader(); !started) return started.error();
  std::vector<Object> objects;
  objects.reserve(ids.size());
  for (std::size_t begin = 0; begin < ids.size(); begin += kAtOnce) {
    const std::size_t end = std::min(ids.size(), begin + kAtOnce);
    std::string requests;
    for (std::size_t i = begin; i < end; ++i) requests += ids[i] + "\n";
    reader_->write(requests);
    for (std::size_t i = begin; i < end; ++i) {
      auto object = read_answer(ids[i]);
      if (!object) return object.error();
      objects.push_back(std::move(*object));
    }
  }
  return objects;
}

void GitRepository::fetch_missing(const std::vector<std::string>& ids,
                                  const std::string& tree) const {
  const auto remote = run_command(git_command(top_, {"config", "extensions.partialClone"}));
  if (!remote || remote->exit_code != 0) return;  // a complete clone
  const auto listed = run_command(
      git_command(top_, {"rev-list", "--objects", "--no-object-names", "--missing=print", tree}));
  if (!listed) return;
  const std::unordered_set<std::string_view> wanted(ids.begin(), ids.end());
  std::string missing;
  for (const std::string_view line : split(listed->out, '\n')) {
    if (!line.starts_with('?') || !wanted.contains(line.substr(1))) continue;
    missing += std::string(line.substr(1)) + "\n";
  }
  if (missing.empty()) return;
  auto fetch = Subprocess::start(
      git_command(top_, {"-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags",
                         "--no-write-fetch-head", "--recurse-submodules=no", "--filter=blob:none",
                         "--stdin", std::string(trimmed(remote->out))}),
      Subprocess::Errors::shown);
  if (!fetch) return;
  fetch->write(missing);
  fetch->close_input();
  fetch->read_all();  // what still lacks afterwards is fetched or missed one by one
}

}  // namespace stepreg::load
