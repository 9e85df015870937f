#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/json_nesting.h"
#include "base/sha256.h"
#include "base/text.h"
#include "plan/check.h"
#include "plan/fields.h"
#include "plan/json.h"

namespace stepreg::plan {

namespace {

using Json = nlohmann::ordered_json;

// What 64 bits of nanoseconds can hold, about 292 years.
constexpr double kMaxSeconds = 9.2e9;

struct Findings {
  std::vector<Problem>& problems;
  bool lenient = false;  // a newer minor version: unknown fields are not ours to judge

  void add(const std::string& where, std::string text) {
    problems.push_back({where.empty() ? "/" : where, std::move(text)});
  }
};

std::string below(const std::string& where, std::string_view key) {
  std::string out = where + "/";
  for (char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

const char* shape(const Json& node) {
  if (node.is_number()) return "a number";
  if (node.is_string()) return "a string";
  if (node.is_boolean()) return "true or false";
  if (node.is_array()) return "a list";
  return node.is_object() ? "an object" : "null";
}

class Reader {
 public:
  Reader(const Json& node, std::string where, Findings& findings)
      : node_(node), where_(std::move(where)), findings_(findings) {}

  template <class T>
  void field(const char* key, T& member, Presence presence, const char*) {
    known_.push_back(key);
    const auto found = node_.find(key);
    if (found != node_.end()) {
      read(*found, member, below(where_, key));
    } else if (presence == required) {
      findings_.add(where_, "missing field " + in_quotes(key));
    }
  }

  void limits(const char* key, Limit (&values)[3], const char*) {
    known_.push_back(key);
    const auto found = node_.find(key);
    if (found == node_.end()) return;
    const std::string where = below(where_, key);
    if (!expect(found->is_object(), *found, where, "an object")) return;
    Reader inner(*found, where, findings_);
    for (Phase phase : kPhases) {
      inner.field(phase_name(phase), values[static_cast<int>(phase)], sparse, "");
    }
    inner.finish();
  }

  void known(const char* key) { known_.push_back(key); }

  void finish() {
    if (findings_.lenient) return;
    for (const auto& [key, value] : node_.items()) {
      if (key.starts_with("x-")) continue;
      if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
      const std::string_view guess = best_guess(key, known_);
      findings_.add(below(where_, key),
                    "unknown field " + in_quotes(key) +
                        (guess.empty() ? "" : "; did you mean " + in_quotes(guess) + "?"));
    }
  }

 private:
  bool expect(bool right, const Json& node, const std::string& where, const char* wanted) {
    if (!right) {
      findings_.add(where, std::string("expected ") + wanted + ", found " + shape(node));
    }
    return right;
  }

  void read(const Json& node, std::string& out, const std::string& where) {
    if (expect(node.is_string(), node, where, "a string")) out = node.get<std::string>();
  }
  void read(const Json& node, bool& out, const std::string& where) {
    if (expect(node.is_boolean(), node, where, "true or false")) out = node.get<bool>();
  }
  void read(const Json& node, std::uint64_t& out, const std::string& where) {
    if (expect(node.is_number_unsigned(), node, where, "a whole number, not negative")) {
      out = node.get<std::uint64_t>();
    }
  }
  void read(const Json& node, std::uint32_t& out, const std::string& where) {
    std::uint64_t wide = 0;
    read(node, wide, where);
    if (wide > UINT32_MAX) findings_.add(where, "number is too large");
    out = static_cast<std::uint32_t>(wide);
  }
  void read(const Json& node, double& out, const std::string& where) {
    if (!expect(node.is_number(), node, where, "a number of seconds")) return;
    const double value = node.get<double>();
    if (!(value >= 0)) {
      findings_.add(where, "seconds must not be negative");
    } else if (value > kMaxSeconds) {
      findings_.add(where, "more than 292 years; leave the field out for no limit");
    } else {
      out = value;
    }
  }
  void read(const Json& node, Phase& out, const std::string& where) {
    for (Phase phase : kPhases) {
      if (node == phase_name(phase)) {
        out = phase;
        return;
      }
    }
    findings_.add(where, "expected `pre`, `test` or `post`");
  }
  void read(const Json& node, Kind& out, const std::string& where) {
    for (Kind kind : kKinds) {
      if (node == kind_name(kind)) {
        out = kind;
        return;
      }
    }
    findings_.add(where, "expected `setup`, `test`, `cleanup` or `collection`");
  }
  template <class T>
  void read(const Json& node, std::optional<T>& out, const std::string& where) {
    if (!node.is_null()) read(node, out.emplace(), where);
  }
  template <class T>
  void read(const Json& node, std::vector<T>& out, const std::string& where) {
    if (!expect(node.is_array(), node, where, "a list")) return;
    for (std::size_t i = 0; i < node.size(); ++i) {
      read(node[i], out.emplace_back(fresh<T>()), where + "/" + std::to_string(i));
    }
  }
  template <class T>
  void read(const Json& node, std::vector<std::pair<std::string, T>>& out,
            const std::string& where) {
    if (!expect(node.is_object(), node, where, "an object")) return;
    for (const auto& [key, value] : node.items()) {
      out.emplace_back(key, T{});
      read(value, out.back().second, below(where, key));
    }
  }
  template <class T>
  requires std::is_class_v<T>
  void read(const Json& node, T& out, const std::string& where) {
    if (!expect(node.is_object(), node, where, "an object")) return;
    if constexpr (std::same_as<T, Limit>) out = Limit{};
    Reader inner(node, where, findings_);
    describe(inner, out);
    inner.finish();
    if constexpr (std::same_as<T, Step>) {
      if (!node.contains("kind")) out.kind = default_kind(out);
    }
  }

  // What a hand-written plan gets for limits that it leaves out.
  template <class T>
  static T fresh() {
    T out{};
    if constexpr (std::same_as<T, Step> || std::same_as<T, Observer>) {
      out.timeout.seconds = kDefaultStepSeconds;
      out.grace.seconds = kDefaultGraceSeconds;
    }
    return out;
  }

  const Json& node_;
  std::string where_;
  Findings& findings_;
  std::vector<std::string_view> known_;
};

// Of one object. Far more than the images of a machine; the library looks through all of them for
// each new one.
constexpr std::size_t kMaxKeys = 4096;

// Parses and refuses repeated keys, which the parser itself would silently merge.
Json parse_document(std::string_view text, Findings& findings) {
  std::vector<std::set<std::string>> keys;
  std::string repeated;
  bool too_many = false;
  const auto watch = [&](int, Json::parse_event_t event, Json& node) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(node.get<std::string>()).second) {
      repeated = node.get<std::string>();
    }
    const bool crowded = event == Json::parse_event_t::key && keys.back().size() > kMaxKeys;
    too_many = too_many || crowded;
    return !crowded;  // false: the field is left out
  };
  Json json = Json::parse(text, watch, false);
  if (json.is_discarded()) {
    findings.add("", "not a complete JSON document; was the file cut short?");
  } else if (!repeated.empty()) {
    findings.add("", "field " + in_quotes(repeated) + " appears twice in one object");
  } else if (too_many) {
    findings.add("", "an object has more than " + std::to_string(kMaxKeys) + " fields");
  }
  return json;
}

// True when the fields of this version can be read at all.
bool check_version(const Json& json, Findings& findings) {
  const auto format = json.find("format");
  if (format == json.end() || *format != kFormat) {
    findings.add("/format", std::string("expected `") + kFormat + "`; is this a plan?");
    return false;
  }
  const auto version = json.find("version");
  if (version == json.end() || !version->is_string()) {
    findings.add("/version", std::string("expected a string such as `") + kVersion + "`");
    return false;
  }
  const auto text = version->get<std::string>();
  const bool shaped = text.size() >= 3 && text.size() <= 8 && text[1] == '.' &&
                      text.find_first_not_of("0123456789", 2) == std::string::npos;
  if (!shaped || text[0] != kVersion[0]) {
    findings.add("/version", "version " + in_quotes(text) + " cannot be read; this program reads " +
                                 kVersion + " and later minor versions");
    return false;
  }
  findings.lenient = text != kVersion;
  return true;
}

// The digest is taken over the document as it stands, so that anybody can verify it:
//   jq -cj 'del(.digest)' PLAN | sha256sum
void check_digest(Json json, Findings& findings) {
  const auto digest = json.find("digest");
  if (digest == json.end()) return;
  const Json claimed = *digest;
  json.erase("digest");
  const std::string real = sha256_hex(json.dump(-1, ' ', false, Json::error_handler_t::replace));
  if (claimed != real) {
    findings.add("/digest", "the plan was changed after it was made: its digest is " +
                                real.substr(0, 12) +
                                "…; make it anew, or delete this field if the change is wanted");
  }
}

}  // namespace

Parsed from_json(std::string_view text) {
  Parsed out;
  Findings findings{out.problems};
  if (text.size() > kMaxPlanBytes) {
    findings.add("", "larger than " + std::to_string(kMaxPlanBytes >> 20) + " MiB");
    return out;
  }
  if (json_nesting(text) > kMaxJsonNesting) {
    findings.add("", "lists and objects are nested more than " + std::to_string(kMaxJsonNesting) +
                         " deep; a plan has about 10 levels");
    return out;
  }
  const Json json = parse_document(text, findings);
  if (!out.problems.empty()) return out;
  if (!json.is_object()) {
    findings.add("", std::string("expected an object, found ") + shape(json));
    return out;
  }
  if (!check_version(json, findings)) return out;
  out.plan.job.lease_timeout.seconds = kDefaultLeaseSeconds;
  out.plan.job.prepare_timeout.seconds = kDefaultPrepareSeconds;
  Reader reader(json, "", findings);
  for (const char* key : {"format", "version", "digest"}) reader.known(key);
  describe(reader, out.plan);
  reader.finish();
  if (out.problems.empty()) check_names(out.plan, out.problems);
  check_digest(json, findings);
  return out;
}

}  // namespace stepreg::plan
