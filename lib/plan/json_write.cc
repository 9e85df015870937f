#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/sha256.h"
#include "plan/fields.h"
#include "plan/json.h"

namespace stepreg::plan {

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

// Writes straight into one text: a registry has tens of thousands of plans, and a tree of JSON
// values for each took most of the time of `resolve --all`.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  template <class T>
  void field(const char* key, const T& value, Presence presence, const char*) {
    if (presence == sparse && value == T{}) return;
    add_key(key);
    write(value);
  }

  void limits(const char* key, const Limit (&values)[3], const char*) {
    if (std::ranges::all_of(values, [](const Limit& limit) { return limit == Limit{}; })) return;
    add_key(key);
    object([&](Writer& inner) {
      for (Phase phase : kPhases) {
        inner.field(phase_name(phase), values[static_cast<int>(phase)], sparse, "");
      }
    });
  }

  void add_key(std::string_view key) {
    next();
    write(key);
    out_ += ':';
  }

  void write(std::string_view value) {
    if (std::ranges::all_of(value, is_plain)) {
      out_.append(1, '"').append(value).append(1, '"');
    } else {
      out_ += dumped(value, -1);
    }
  }
  void write(const std::string& value) { write(std::string_view(value)); }
  void write(bool value) { out_ += value ? "true" : "false"; }
  void write(std::uint32_t value) { out_ += std::to_string(value); }
  void write(std::uint64_t value) { out_ += std::to_string(value); }
  void write(Phase value) { write(std::string_view(phase_name(value))); }
  void write(Kind value) { write(std::string_view(kind_name(value))); }
  // Whole numbers without a fraction, so that 7200 reads as what was written.
  void write(double value) {
    CHECK(std::isfinite(value));
    const bool whole = std::floor(value) == value && std::fabs(value) < 1e15;
    out_ += whole ? std::to_string(static_cast<std::int64_t>(value)) : dumped(value, -1);
  }
  template <class T>
  void write(const std::optional<T>& value) {
    if (value) {
      write(*value);
    } else {
      out_ += "null";
    }
  }
  template <class T>
  void write(const std::vector<T>& values) {
    out_ += '[';
    Writer inner(out_);
    for (const T& value : values) {
      inner.next();
      inner.write(value);
    }
    out_ += ']';
  }
  template <class T>
  void write(const std::vector<std::pair<std::string, T>>& entries) {
    object([&](Writer& inner) {
      for (const auto& [key, value] : entries) {
        inner.add_key(key);
        inner.write(value);
      }
    });
  }
  template <class T>
  requires std::is_class_v<T>
  void write(const T& value) {
    object([&](Writer& inner) { describe(inner, value); });
  }

 private:
  // JSON escapes the others; which bytes are UTF-8 is the library's to say.
  static bool is_plain(char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; }

  void next() {
    if (!std::exchange(first_, false)) out_ += ',';
  }

  template <class Fill>
  void object(Fill fill) {
    out_ += '{';
    Writer inner(out_);
    fill(inner);
    out_ += '}';
  }

  std::string& out_;
  bool first_ = true;  // in this object or array
};

std::string on_one_line(const Plan& plan) {
  std::string out = "{";
  Writer writer(out);
  writer.field("format", std::string_view(kFormat), required, "");
  writer.field("version", std::string_view(kVersion), required, "");
  describe(writer, plan);
  const std::string digest = sha256_hex(out + "}");
  writer.field("digest", digest, required, "");
  return out + "}";
}

}  // namespace

std::string to_json(const Plan& plan, Style style) {
  const std::string line = on_one_line(plan);
  return style == Style::line ? line : dumped(Json::parse(line), 2) + "\n";
}

}  // namespace stepreg::plan
