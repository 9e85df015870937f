// Mistakes in files of the registry.
#include <algorithm>

#include "properties/lines.h"
#include "properties/mutation_kinds.h"

namespace stepreg::properties {

namespace {

using generate::Random;
using Result = std::optional<Spot>;

// Appends to the value of a random line: a name that does not exist.
Result misspell_value(Files& files, Random& random, std::string_view which,
                      std::string_view start) {
  const auto line = pick_line(files, random, which, start);
  if (!line) return std::nullopt;
  replace_line(files, *line, line->text + "-misspelt");
  return spot(*line);
}

Result replace_value(Files& files, Random& random, std::string_view which, std::string_view start,
                     const std::string& value, const LineTest& test = nullptr) {
  const auto line = pick_line(files, random, which, start, test);
  if (!line) return std::nullopt;
  replace_line(files, *line, line->text.substr(0, line->text.find(':') + 1) + " " + value);
  return spot(*line);
}

Result replace_exact(Files& files, Random& random, std::string_view which, std::string_view start,
                     const std::string& value, const LineTest& test = nullptr) {
  const auto line = pick_exact(files, random, which, start, test);
  if (!line) return std::nullopt;
  replace_line(files, *line, line->text.substr(0, line->text.find(':') + 1) + " " + value);
  return spot(*line);
}

// A line behind the `as` of a component.
Result add_to_component(Files& files, Random& random, std::string_view which,
                        const std::string& text, const LineTest& test = nullptr) {
  const auto line = pick_exact(files, random, which, "  as: ", test);
  if (!line) return std::nullopt;
  return insert_after(files, *line, text);
}

bool lacks(const std::string& file, std::string_view text) {
  return file.find(text) == std::string::npos;
}

Result chain_unknown_step(Files& files, Random& random) {
  return misspell_value(files, random, "-chain.yaml", "- ref: ");
}

Result chain_unknown_chain(Files& files, Random& random) {
  return misspell_value(files, random, "-chain.yaml", "- chain: ");
}

Result workflow_unknown_step(Files& files, Random& random) {
  return misspell_value(files, random, "-workflow.yaml", "- ref: ");
}

Result workflow_unknown_chain(Files& files, Random& random) {
  return misspell_value(files, random, "-workflow.yaml", "- chain: ");
}

Result chain_of_itself(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-chain.yaml", "  steps:");
  if (!line) return std::nullopt;
  const std::string& text = files.at(line->path).text;
  const std::size_t name = text.find("  as: ") + 6;
  const bool wide = text.compare(line->end + 1, 4, "    ") == 0;
  return insert_after(files, *line,
                      std::string(wide ? "    " : "  ") +
                          "- chain: " + text.substr(name, text.find('\n', name) - name));
}

Result step_twice(Files& files, Random& random) {
  const auto line = pick_line(files, random, "-chain.yaml", "- ref: ");
  if (!line) return std::nullopt;
  return insert_after(files, *line, line->text);
}

Result other_name(Files& files, Random& random) {
  return misspell_value(files, random, "-workflow.yaml", "as: ");
}

Result misspelt_key(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-ref.yaml", "  documentation:");
  if (!line) return std::nullopt;
  replace_line(files, *line, "  documentaton:" + line->text.substr(16));
  return spot(*line);
}

Result key_twice(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-ref.yaml", "  commands:");
  if (!line) return std::nullopt;
  return insert_after(files, *line, line->text);
}

Result no_image(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-ref.yaml", "  from: ");
  if (!line) return std::nullopt;
  remove_line(files, *line);
  return Spot{line->path, 2};
}

Result two_images(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-ref.yaml", "  from_image:");
  if (!line) return std::nullopt;
  insert_before(files, *line, "  from: cli");
  return Spot{line->path, static_cast<std::uint32_t>(line->number + 2)};  // what is in it
}

Result no_commands(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-ref.yaml", "  commands: ");
  if (!line) return std::nullopt;
  remove_line(files, *line);
  return Spot{line->path, 1};  // at the step
}

Result script_missing(Files& files, Random& random) {
  // Not one that another step shares.
  const auto line = pick_exact(
      files, random, "-ref.yaml", "  commands: ", [&](const Line& l, const std::string&) {
        const std::string script = l.path.substr(0, l.path.rfind("-ref.yaml")) + "-commands.sh";
        const std::string below = script.substr(std::string_view(generate::kRegistryFolder).size());
        for (const auto& [path, file] : files) {
          if (file.link && file.text.ends_with(below)) return false;
        }
        return true;
      });
  if (!line) return std::nullopt;
  files.erase(line->path.substr(0, line->path.rfind("-ref.yaml")) + "-commands.sh");
  return spot(*line);
}

Result wrong_commands(Files& files, Random& random) {
  return replace_exact(files, random, "-ref.yaml", "  commands: ", "run.sh");
}

Result wrong_duration(Files& files, Random& random) {
  return replace_exact(files, random, "-ref.yaml", "  timeout: ", "2 hours");
}

Result bare_duration(Files& files, Random& random) {
  return replace_exact(files, random, "-ref.yaml", "  timeout: ", "7200");
}

Result negative_duration(Files& files, Random& random) {
  return replace_exact(files, random, "-ref.yaml", "  grace_period: ", "-30s");
}

Result wrong_type(Files& files, Random& random) {
  return replace_exact(files, random, "-ref.yaml", "  cli: ", "[latest]");
}

Result wrong_quantity(Files& files, Random& random) {
  return replace_value(files, random, "-ref.yaml", "memory: ", "100Mb");
}

Result unknown_resource(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-ref.yaml", "      memory: ");
  if (!line) return std::nullopt;
  replace_line(files, *line, "      memroy:" + line->text.substr(13));
  return spot(*line);
}

Result unknown_stream(Files& files, Random& random) {
  return replace_exact(files, random, "-ref.yaml", "  from: ", "stabel:cli");
}

Result relative_mount(Files& files, Random& random) {
  const auto line = pick_line(files, random, "-ref.yaml", "mount_path: ");
  if (!line) return std::nullopt;
  replace_line(files, *line, line->indent() + "mount_path: run/secret");
  return spot(*line);
}

Result no_grace(Files& files, Random& random) {
  // Of a step that has its script to itself.
  const auto line = pick_exact(
      files, random, "-ref.yaml", "  grace_period: ", [&](const Line& l, const std::string&) {
        const auto script =
            files.find(l.path.substr(0, l.path.rfind("-ref.yaml")) + "-commands.sh");
        return script != files.end() && !script->second.link;
      });
  if (!line) return std::nullopt;
  remove_line(files, *line);
  const std::string& text = files.at(line->path).text;
  const auto before = text.begin() + static_cast<std::ptrdiff_t>(text.find("  commands: "));
  return Spot{line->path, static_cast<std::uint32_t>(std::count(text.begin(), before, '\n') + 1)};
}

Result best_effort_without_timeout(Files& files, Random& random) {
  return add_to_component(files, random, "-ref.yaml", "  best_effort: true",
                          [](const Line& line, const std::string& file) {
                            return lacks(file, "\n  timeout:") && lacks(file, "\n  best_effort:") &&
                                   !line.text.ends_with("-delete");
                          });
}

Result chain_sets_undeclared(Files& files, Random& random) {
  return add_to_component(
      files, random, "-chain.yaml", "  env: [{name: NOBODY_DECLARES_THIS, default: x}]",
      [](const Line&, const std::string& file) { return lacks(file, "\n  env:"); });
}

Result workflow_sets_undeclared(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-workflow.yaml", "    env:");
  if (!line) return std::nullopt;
  return insert_after(files, *line, "      NOBODY_DECLARES_THIS: x");
}

Result second_document(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-workflow.yaml", "  as: ");
  if (!line) return std::nullopt;
  std::string& text = files.at(line->path).text;
  text += "---\nworkflow: {}\n";
  return Spot{line->path,
              static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n') - 1)};
}

Result stray_file(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-ref.yaml", "  as: ");
  if (!line) return std::nullopt;
  const std::string path = line->path.substr(0, line->path.rfind("-ref.yaml")) + "-notes.txt";
  files[path] = {path, "notes\n"};
  return Spot{path, 0};
}

Result stray_folder(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-ref.yaml", "  as: ");
  if (!line) return std::nullopt;
  const std::string path = line->path.substr(0, line->path.rfind('/')) + "/elsewhere/" +
                           line->text.substr(6) + "-commands.sh";
  files[path] = {path, "#!/bin/bash\n"};
  return Spot{path, 0};
}

Result metadata_missing(Files& files, Random& random) {
  const auto line = pick_exact(files, random, "-ref.yaml", "  as: ");
  if (!line) return std::nullopt;
  files.erase(line->path.substr(0, line->path.rfind(".yaml")) + ".metadata.json");
  return Spot{line->path, 0};
}

Result metadata_stale(Files& files, Random& random) {
  const auto line = pick_line(files, random, ".metadata.json", "\t\"path\": ");
  if (!line) return std::nullopt;
  replace_line(files, *line, "\t\"path\": \"elsewhere/elsewhere-ref.yaml\",");
  return Spot{line->path, 0};
}

Result optional_in_pre(Files& files, Random& random) {
  const auto line =
      pick_exact(files, random, "-ref.yaml", "  as: ", [](const Line& each, const std::string&) {
        return each.text.find("-conf-") != std::string::npos;
      });
  if (!line) return std::nullopt;
  insert_after(files, *line, "  optional_on_success: true");
  return Spot{};  // where the step is put into `pre`
}

Result lease_without_type(Files& files, Random& random) {
  const auto line = pick_line(files, random, "-workflow.yaml", "- resource_type: ");
  if (!line) return std::nullopt;
  replace_line(files, *line, line->indent() + "- resource_type: \"\"");
  return spot(*line);
}

}  // namespace

std::vector<MutationKind> registry_mutations() {
  const FollowOn unused{"SR323", "what only this entry named is used by nobody"};
  return {
      {"chain-unknown-step", "SR301", chain_unknown_step, {unused}},
      {"chain-unknown-chain", "SR302", chain_unknown_chain, {unused}},
      {"workflow-unknown-step", "SR305", workflow_unknown_step, {unused}},
      {"workflow-unknown-chain", "SR306", workflow_unknown_chain, {unused}},
      {"chain-of-itself", "SR303", chain_of_itself},
      {"step-twice", "SR308", step_twice},
      {"other-name", "SR105", other_name},
      {"misspelt-key", "SR201", misspelt_key},
      {"key-twice", "SR015", key_twice},
      {"no-image", "SR221", no_image},
      {"two-images", "SR222", two_images},
      {"no-commands", "SR107", no_commands},
      {"script-missing", "SR109", script_missing},
      {"wrong-commands", "SR107", wrong_commands},
      {"wrong-duration", "SR206", wrong_duration},
      {"bare-duration", "SR207", bare_duration},
      {"negative-duration", "SR208", negative_duration},
      {"wrong-type", "SR203", wrong_type},
      {"wrong-quantity", "SR240", wrong_quantity},
      {"unknown-resource", "SR238", unknown_resource},
      {"unknown-stream", "SR225", unknown_stream},
      {"relative-mount", "SR262", relative_mount},
      {"no-grace", "SR510", no_grace},
      {"best-effort-without-timeout", "SR244", best_effort_without_timeout},
      {"chain-sets-undeclared", "SR402", chain_sets_undeclared},
      {"workflow-sets-undeclared", "SR401", workflow_sets_undeclared},
      {"second-document", "SR014", second_document},
      {"stray-file", "SR102", stray_file},
      {"stray-folder", "SR101", stray_folder},
      {"metadata-missing", "SR803", metadata_missing},
      {"metadata-stale", "SR804", metadata_stale},
      {"optional-in-pre", "SR236", optional_in_pre},
      {"lease-without-type", "SR233", lease_without_type},
  };
}

}  // namespace stepreg::properties
