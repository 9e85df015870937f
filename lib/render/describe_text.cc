#include <algorithm>

#include "base/duration.h"
#include "base/text.h"
#include "render/query_text.h"
#include "render/style.h"
#include "render/table.h"

namespace stepreg::render {

namespace {

std::string indented(std::string_view text, const std::string& indent) {
  std::string out;
  for (const std::string_view line : split(trimmed(text), '\n')) {
    const std::string shown = printable(line);
    out += shown.empty() ? "\n" : indent + shown + "\n";
  }
  return out;
}

std::string variables_text(const char* title, const std::vector<query::OpenVariable>& variables,
                           const std::string& own) {
  if (variables.empty()) return "";
  std::string out = std::string("\n") + title + "\n";
  for (const query::OpenVariable& variable : variables) {
    out += "  " + variable.name + " " +
           (variable.value ? "= " + in_quotes(*variable.value) : "(required)");
    if (variable.source != own) out += "  from " + variable.source;
    if (!variable.steps.empty()) out += "  read by " + join(variable.steps, ", ");
    out += "\n";
    if (!trimmed(variable.documentation).empty()) out += indented(variable.documentation, "      ");
  }
  return out;
}

std::string contents_text(const std::vector<query::Reference>& contains) {
  if (contains.empty()) return "";
  Table table;
  for (const query::Reference& reference : contains) {
    table.row({reference.where, reference.id(), place_text(Location::of(reference.name.place))});
  }
  return "\nconsists of\n" + table.text("  ");
}

std::string users_text(const std::vector<query::Use>& users) {
  Table table;
  for (const query::Use& use : users) table.row({use.user, use.where, place_text(use.at)});
  return "\nused by" +
         (users.empty() ? std::string(" no other component\n") : "\n" + table.text("  "));
}

std::string settings_text(const Step& step) {
  Table table;
  const auto fact = [&](const char* name, const std::string& value) {
    if (!value.empty()) table.row({name, value});
  };
  if (step.from_image.present()) {
    fact("image", std::string(*step.from_image->ns) + "/" + std::string(*step.from_image->name) +
                      ":" + std::string(*step.from_image->tag));
  } else {
    fact("image", std::string(*step.from));
  }
  if (step.timeout.present()) fact("timeout", short_duration(*step.timeout));
  if (step.grace_period.present()) fact("grace period", short_duration(*step.grace_period));
  fact("cli", std::string(*step.cli));
  for (const Located<Credential>& each : step.credentials) {
    const std::string what = each->is_managed()
                                 ? std::string(*each->collection) + "/" + std::string(*each->group)
                                 : std::string(*each->ns) + "/" + std::string(*each->name);
    fact("credential", what + " at " + std::string(*each->mount_path));
  }
  std::vector<std::string> flags;
  if (is_true(step.best_effort)) flags.emplace_back("best effort");
  if (is_true(step.optional_on_success)) flags.emplace_back("skipped on success");
  if (is_true(step.no_kubeconfig)) flags.emplace_back("no kubeconfig");
  fact("flags", join(flags, ", "));
  return table.text("  ");
}

std::string cell_text(const query::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return printable(*text);
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "yes" : "no";
  return "-";
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '_' ? ' ' : c;
  });
  return text;
}

}  // namespace

std::string listing_text(const query::Listing& listing) {
  Table table;
  std::vector<std::string> head;
  for (const std::string& field : listing.fields) head.push_back(upper(field));
  table.row(std::move(head));
  for (const auto& row : listing.rows) {
    std::vector<std::string> cells;
    for (const query::Cell& cell : row) cells.push_back(cell_text(cell));
    table.row(std::move(cells));
  }
  return table.text();
}

std::string description_text(const query::Description& description, bool script) {
  const query::AnyComponent& component = description.component;
  const std::string id = component.id();
  std::string out = id + "  " + place_text(Location::of(component.place())) + "\n";
  out += component.documentation()->empty() ? "  (no documentation)\n"
                                            : indented(*component.documentation(), "  ");
  if (component.step != nullptr) {
    out += "\nsettings\n" + settings_text(component.step->definition.step);
  }
  out += variables_text("parameters", description.variables, id);
  out += variables_text("images wanted", description.dependencies, id);
  if (!description.leases.empty()) {
    Table leases;
    for (const resolve::ResolvedLease& lease : description.leases) {
      leases.row({std::string(lease.env),
                  std::to_string(lease.count) + " x " + std::string(lease.resource_type),
                  resolve::source_id(lease.source)});
    }
    out += "\nleases\n" + leases.text("  ");
  }
  out += contents_text(description.contains) + users_text(description.users);
  const ScriptFile* file = component.script();
  if (file == nullptr) return out;
  out += "\nscript " + file->source->path() + "\n";
  if (script) out += indented(file->source->text(), "  ");
  return out;
}

}  // namespace stepreg::render
