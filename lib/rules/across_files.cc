#include "rules/across_files.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/fs.h"
#include "base/pattern.h"
#include "base/text.h"

namespace stepreg::rules {

namespace {

constexpr std::size_t kShownImages = 3;

void publish(FileFacts& facts, std::string image, Place place) {
  facts.published.push_back({std::move(image), Location::of(place)});
}

void publish_target(FileFacts& facts, const Config& config,
                    const Located<PromotionTarget>& target) {
  if (is_true(target->disabled)) return;
  std::set<std::string_view> excluded;
  for (const Text& name : target->excluded_images) excluded.insert(*name);
  const Place place = target->ns ? target->ns.place : target.place;
  const auto add = [&](std::string_view name) {
    std::string image = std::string(*target->ns) + "/";
    if (!target->name->empty()) {
      image.append(*target->name).append(":").append(name);
    } else {
      image.append(name).append(":").append(*target->tag);
    }
    publish(facts, std::move(image), place);
  };
  if (!excluded.contains("*")) {
    for (const Located<ImageBuild>& image : config.images->items) {
      if (!is_true(image->optional) && !excluded.contains(*image->to)) add(*image->to);
    }
  }
  for (const Entry<Text>& entry : target->additional_images) add(*entry.key);
}

// Plain names match themselves and what follows them after a hyphen; others are expressions.
class BranchMatch {
 public:
  explicit BranchMatch(const std::string& branch) : branch_(branch) {
    if (!is_plain(branch)) pattern_.emplace(branch);
  }

  bool matches(std::string_view other) const {
    if (pattern_) return pattern_->found_in(other);
    return other == branch_ || (other.starts_with(branch_) && other[branch_.size()] == '-');
  }

 private:
  static bool is_plain(std::string_view branch) {
    return !branch.empty() && std::all_of(branch.begin(), branch.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '-' || c == '.';
    });
  }

  std::string_view branch_;
  std::optional<Pattern> pattern_;  // nullopt for a plain name
};

std::string image_list(const std::vector<std::string>& images) {
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(images.size(), kShownImages); ++i)
    shown.push_back(in_quotes(images[i]));
  std::string text = join(shown, ", ");
  if (images.size() > kShownImages) {
    text += " and " + std::to_string(images.size() - kShownImages) + " more";
  }
  return text;
}

}  // namespace

FileFacts facts_of(const load::LoadedConfig& loaded) {
  FileFacts facts;
  facts.path = loaded.source->path();
  facts.identity = loaded.identity;
  const Config& config = loaded.config;
  const Text& branch = config.metadata->branch;
  facts.branch = branch ? Location::of(branch.place) : Location::of_file(facts.path);
  const Located<Promotion>& promotion = config.promotion;
  for (const Located<PromotionTarget>& target : promotion->to) {
    publish_target(facts, config, target);
  }
  const bool cached = promotion && !config.binary_build_commands->empty() &&
                      !is_true(promotion->disable_build_cache);
  if (cached) {
    const load::ConfigIdentity& id = facts.identity;
    publish(facts,
            "build-cache/" + id.org + "-" + id.repo + ":" + id.branch +
                (id.variant.empty() ? "" : "-" + id.variant),
            promotion.place);
  }
  return facts;
}

void AcrossFiles::check_branches(Sink& sink) const {
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>,
           std::vector<const FileFacts*>>
      groups;
  for (const FileFacts& file : files_) {
    groups[{file.identity.org, file.identity.repo, file.identity.variant}].push_back(&file);
  }
  for (const auto& [key, group] : groups) {
    if (group.size() < 2) continue;
    std::vector<BranchMatch> matches;
    for (const FileFacts* file : group) matches.emplace_back(file->identity.branch);
    for (std::size_t file = 0; file < group.size(); ++file) {
      for (std::size_t other = 0; other < group.size(); ++other) {
        const std::string& branch = group[file]->identity.branch;
        if (other == file || !matches[other].matches(branch)) continue;
        const load::ConfigIdentity& id = group[file]->identity;
        Diagnostic& finding = sink.add(rule("SR696"), group[file]->branch,
                                       "the branch " + in_quotes(branch) + " of " +
                                           in_quotes(id.org + "/" + id.repo) + " is served by " +
                                           in_quotes(base_name(group[other]->path)) + " as well");
        finding.subject = branch;
        finding.notes.push_back({group[other]->branch, "this branch matches it too"});
        finding.hint = "give one of the two files a variant";
      }
    }
  }
}

void AcrossFiles::check_published(Sink& sink) const {
  struct Collision {
    const FileFacts::Published* later;
    const FileFacts::Published* earlier;
    std::vector<std::string> images;
  };
  std::unordered_map<std::string_view, std::pair<std::size_t, const FileFacts::Published*>> first;
  std::map<std::pair<std::size_t, std::size_t>, Collision> collisions;  // by later and earlier file
  for (std::size_t i = 0; i < files_.size(); ++i) {
    for (const FileFacts::Published& each : files_[i].published) {
      const auto [found, is_new] = first.emplace(each.image, std::make_pair(i, &each));
      const auto& [earlier_file, earlier] = found->second;
      if (is_new || earlier_file == i) continue;
      const auto collision =
          collisions.try_emplace({i, earlier_file}, Collision{&each, earlier, {}});
      collision.first->second.images.push_back(each.image);
    }
  }
  for (const auto& [files, collision] : collisions) {
    const std::string_view earlier = base_name(files_[files.second].path);
    Diagnostic& finding =
        sink.add(rule("SR697"), collision.later->at,
                 in_quotes(earlier) + " publishes " + image_list(collision.images) + " as well");
    finding.subject = collision.images.front();
    finding.notes.push_back({collision.earlier->at, "published here"});
    finding.hint = "exclude the image in one of the files by `excluded_images`";
  }
}

void AcrossFiles::finish(Sink& sink) const {
  check_branches(sink);
  check_published(sink);
}

}  // namespace stepreg::rules
