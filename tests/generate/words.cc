#include "generate/words.h"

#include <algorithm>

namespace stepreg::generate {

namespace {

constexpr std::string_view kAreas[] = {
    "common", "harbor", "beacon",  "tidal",  "granite", "juniper", "meadow",  "quarry",
    "cobalt", "falcon", "lantern", "orchid", "pelican", "saffron", "thistle", "walrus",
    "amber",  "birch",  "cedar",   "drift",  "ember",   "fjord",   "glacier", "heron",
    "indigo", "jasper", "kelp",    "lichen", "marlin",  "nimbus",  "osprey",  "prairie"};
constexpr std::string_view kTopics[] = {
    "network", "storage",  "ingress", "etcd",    "image",    "mirror",    "bastion",  "monitoring",
    "disk",    "machines", "dns",     "auth",    "registry", "core-dump", "audit",    "console",
    "nodes",   "pods",     "quota",   "router",  "firewall", "kernel",    "driver",   "volume",
    "backup",  "restore",  "ceph",    "logs",    "metrics",  "alerts",    "catalog",  "bundle",
    "hosts",   "keys",     "vault",   "balance", "zones",    "subnet",    "gateway",  "peering",
    "limits",  "tuning",   "latency", "soak",    "chaos",    "scale",     "manifest", "payload"};
constexpr std::string_view kQualifiers[] = {
    "proxy",  "ipv6",  "dualstack", "fips",  "arm64",   "private",  "single",   "compact",
    "shared", "spot",  "gpu",       "edge",  "sdn",     "ovn",      "disconn",  "sts",
    "mixed",  "local", "encrypted", "multi", "hosted",  "upi",      "workers",  "infra",
    "large",  "small", "canary",    "stage", "nightly", "realtime", "external", "legacy"};
constexpr std::string_view kOrgs[] = {
    "harborworks", "beacon-labs", "tidewater",  "granite-io", "juniper-oss", "meadowlark",
    "quarrysoft",  "cobaltkit",   "falconry",   "lanternfly", "orchidops",   "pelicanhq",
    "saffron-dev", "thistleware", "walrus-org", "amberstack", "birchwood",   "cedar-team"};
constexpr std::string_view kWords[] = {
    "the",     "cluster", "of",       "nodes",     "before",  "after",       "every",    "test",
    "waits",   "until",   "operator", "reports",   "ready",   "and",         "collects", "logs",
    "from",    "all",     "machines", "with",      "default", "settings",    "for",      "network",
    "image",   "this",    "step",     "uses",      "a",       "certificate", "which",    "is",
    "written", "to",      "shared",   "directory", "so",      "that",        "later",    "steps",
    "can",     "read",    "it",       "value",     "names",   "number",      "in",       "platform",
    "region",  "when",    "empty",    "nothing",   "runs",    "suite",       "on",       "workload",
    "between", "upgrade", "checks",   "against",   "release", "payload",     "or",       "mirror"};

}  // namespace

std::span<const std::string_view> area_words() {
  return kAreas;
}
std::span<const std::string_view> topic_words() {
  return kTopics;
}
std::span<const std::string_view> qualifier_words() {
  return kQualifiers;
}
std::span<const std::string_view> org_words() {
  return kOrgs;
}

std::string prose(Random& random, std::size_t bytes) {
  std::string text;
  std::size_t left = 0;  // words of this sentence
  while (text.size() < bytes) {
    const bool begins = left == 0;
    if (begins) {
      if (!text.empty()) text += ". ";
      left = random.range(6, 16);
    } else {
      text += ' ';
    }
    std::string word(random.pick(kWords));
    if (begins) word[0] = static_cast<char>(word[0] - 'a' + 'A');
    text += word;
    --left;
  }
  return text + ".";
}

std::string prose_block(Random& random, std::size_t bytes, std::size_t indent) {
  constexpr std::size_t kWidth = 90;
  const std::string text = prose(random, bytes);
  std::string block;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.size();
    if (at + kWidth < text.size()) end = std::min(text.find(' ', at + kWidth), text.size());
    block.append(indent, ' ').append(text, at, end - at).append("\n");
    at = end + 1;
  }
  return block;
}

std::string variable_name(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    if (c == '-') c = '_';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return name;
}

std::string scalar(std::string_view text) {
  constexpr std::string_view kWordsOfYaml[] = {"true", "false", "yes", "no",   "on",
                                               "off",  "y",     "n",   "null", "none"};
  // A quantity or duration such as 4Gi or 2h0m0s.
  const bool has_unit = text.size() > 1 && text[0] >= '0' && text[0] <= '9' &&
                        std::string_view("imhs").find(text.back()) != std::string_view::npos;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  bool plain = !text.empty() && (is_letter(text[0]) || text[0] == '/' || has_unit) &&
               text.back() != ':' && text.back() != ' ';
  for (const std::string_view word : kWordsOfYaml) plain = plain && text != word;
  for (const std::string_view bad : {": ", " #", "\"", "\n", "\\"})
    plain = plain && text.find(bad) == std::string_view::npos;
  if (plain) return std::string(text);
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

}  // namespace stepreg::generate
