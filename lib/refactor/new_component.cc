#include "refactor/new_component.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/fs.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "load/metadata.h"

namespace stepreg::refactor {

namespace {

using query::ComponentKind;

constexpr std::size_t kMaxNameLength = 63;  // a step's name becomes a label

Error invalid(std::string text) {
  return {Error::Code::invalid, std::move(text)};
}

// What cannot be read is empty.
load::People people_of(const SourceFile& file) {
  const SeverityTable severities;
  Sink unused(severities);
  return load::read_owners(file, unused).value_or(load::People{});
}

std::string owners_text(const std::vector<std::string>& owners) {
  std::string out = "approvers:\n";
  for (const std::string& owner : owners) out += "- " + owner + "\n";
  return out;
}

// Lines of a list of entries: "- ref: NAME".
Result<std::string> entries_text(const Registry& registry, const std::vector<std::string>& entries,
                                 const std::string& indent) {
  std::string out;
  for (const std::string& entry : entries) {
    const auto found = query::find_components(registry, entry);
    const auto usable = std::find_if(found.begin(), found.end(), [](const auto& c) {
      return c.step != nullptr || c.chain != nullptr;
    });
    if (usable == found.end()) {
      const std::string guess = query::guess_component(registry, entry);
      return invalid("there is no step or chain " + in_quotes(entry) +
                     (guess.empty() ? "" : "; did you mean " + in_quotes(guess) + "?"));
    }
    out += indent + "- " + std::string(query::kind_prefix(usable->kind)) + ": " +
           std::string(usable->name()) + "\n";
  }
  return out;
}

std::string step_text(const std::string& name, const NewComponent& wanted) {
  return "ref:\n  as: " + name + "\n  from: " + wanted.image + "\n  commands: " + name +
         "-commands.sh\n  resources:\n    requests:\n      cpu: 100m\n      memory: 200Mi\n" +
         "  documentation: |-\n    The step " + name + ".\n";
}

constexpr const char* kScript = R"(#!/bin/bash

set -o nounset
set -o errexit
set -o pipefail

echo "the step $0"
)";

Result<std::string> chain_text(const Registry& registry, const std::string& name,
                               const NewComponent& wanted) {
  if (wanted.steps.empty()) {
    return invalid("a chain needs at least one entry: name steps or chains with --step");
  }
  auto entries = entries_text(registry, wanted.steps, "  ");
  if (!entries) return entries;
  return "chain:\n  as: " + name + "\n  steps:\n" + *entries +
         "  documentation: |-\n    The chain " + name + ".\n";
}

Result<std::string> workflow_text(const Registry& registry, const std::string& name,
                                  const NewComponent& wanted) {
  if (wanted.pre.empty() && wanted.test.empty() && wanted.post.empty()) {
    return invalid("a workflow needs at least one entry: name them with --pre, --test or --post");
  }
  std::string out = "workflow:\n  as: " + name + "\n  steps:\n";
  const std::pair<const char*, const std::vector<std::string>*> phases[] = {
      {"pre", &wanted.pre}, {"test", &wanted.test}, {"post", &wanted.post}};
  for (const auto& [phase, list] : phases) {
    if (list->empty()) continue;
    auto entries = entries_text(registry, *list, "    ");
    if (!entries) return entries;
    out += std::string("    ") + phase + ":\n" + *entries;
  }
  return out + "  documentation: |-\n    The workflow " + name + ".\n";
}

Result<void> check_name(const Registry& registry, const NewComponent& wanted,
                        const std::string& name) {
  const auto legal = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/' || c == '.';
  };
  const std::string& directory = wanted.directory;
  if (directory.empty() || !std::all_of(directory.begin(), directory.end(), legal) ||
      directory.find("//") != std::string::npos || directory.find("..") != std::string::npos ||
      directory.front() == '/' || directory.front() == '-' || directory.back() == '-') {
    return invalid(in_quotes(directory) +
                   " is no path for a component: lower-case letters, digits, `-`, `.` and `/`, "
                   "below the registry");
  }
  if (wanted.kind == ComponentKind::step && name.size() > kMaxNameLength) {
    return invalid("the name " + in_quotes(name) + " has " + std::to_string(name.size()) +
                   " characters; at most " + std::to_string(kMaxNameLength) + " are possible");
  }
  const std::string id = query::component_id(wanted.kind, name);
  const auto same = query::find_components(registry, id);
  if (!same.empty()) {
    return invalid(in_quotes(id) + " exists already: " + same.front().file().path());
  }
  return {};
}

// The nearest directory with an OWNERS file, from `directory` upwards.
const SourceFile* owners_above(const Registry& registry, std::string directory, std::string& link) {
  for (link = "OWNERS";; link = "../" + link) {
    const auto found = registry.owners.find(directory);
    if (found != registry.owners.end()) return found->second.get();
    if (directory.empty()) return nullptr;
    directory = std::string(parent_path(directory));
  }
}

Result<void> create_one(const std::string& path, const NewFile& file) {
  if (auto made = make_directories(std::string(parent_path(path))); !made) return made;
  if (!file.link.empty()) {
    if (::symlink(file.link.c_str(), path.c_str()) == 0) return {};
    return system_error(path, "link", errno);
  }
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                           static_cast<mode_t>(file.mode)));
  if (fd.get() < 0) return system_error(path, "create", errno);
  if (!write_all(fd.get(), file.text)) return system_error(path, "write", errno);
  return {};
}

}  // namespace

Result<std::vector<NewFile>> new_component(const Registry& registry, const NewComponent& wanted) {
  const std::string name = prefix_of(wanted.directory);
  if (auto checked = check_name(registry, wanted, name); !checked) return checked.error();
  Result<std::string> text =
      wanted.kind == ComponentKind::chain      ? chain_text(registry, name, wanted)
      : wanted.kind == ComponentKind::workflow ? workflow_text(registry, name, wanted)
                                               : Result<std::string>(step_text(name, wanted));
  if (!text) return text.error();
  std::string link;
  const SourceFile* owners = owners_above(registry, wanted.directory, link);
  if (owners == nullptr && wanted.owners.empty()) {
    return invalid("no directory above has an OWNERS file: name an approver with --owner");
  }
  const std::string stem = wanted.directory + "/" + name;
  const std::string own = "-" + std::string(query::kind_prefix(wanted.kind));
  std::vector<NewFile> files = {{stem + own + ".yaml", *text, "", 0644}};
  if (wanted.kind == ComponentKind::step)
    files.push_back({stem + "-commands.sh", kScript, "", 0755});
  load::People people;
  if (!wanted.owners.empty()) {
    people.approvers = wanted.owners;
    if (link != "OWNERS" || owners == nullptr)
      files.push_back({wanted.directory + "/OWNERS", owners_text(wanted.owners), "", 0644});
  } else {
    people = people_of(*owners);
    if (link != "OWNERS") files.push_back({wanted.directory + "/OWNERS", "", link, 0644});
  }
  // A registry that does without metadata goes on so.
  if (registry.metadata.empty() && !registry.files.empty()) return files;
  const std::string yaml = files.front().path;
  files.push_back({load::metadata_path(yaml), load::metadata_text(yaml, people), "", 0644});
  return files;
}

Result<void> create_files(const std::string& root, const std::vector<NewFile>& files) {
  for (const NewFile& file : files) {
    const std::string path = join_path(root, file.path);
    struct stat there {};
    if (::lstat(path.c_str(), &there) == 0) {
      return Error{Error::Code::invalid, path + ": exists already, and is not overwritten"};
    }
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Result<void> created = create_one(join_path(root, files[i].path), files[i]);
    if (created) continue;
    for (std::size_t done = 0; done < i; ++done) {
      ::unlink(join_path(root, files[done].path).c_str());
    }
    return created;
  }
  return {};
}

}  // namespace stepreg::refactor
