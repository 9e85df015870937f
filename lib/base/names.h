// What names of the field may look like. Patterns are those of Kubernetes (DNS-1123 subdomains,
// label values) and of ci-operator's secret manager; ranges are ASCII.
#pragma once

#include <cstddef>
#include <string_view>

namespace stepreg {

inline constexpr std::size_t kMaxSubdomain = 253;
inline constexpr std::size_t kMaxLabelValue = 63;
inline constexpr std::size_t kMaxCollection = 50;

// Lower-case letters, digits, `-` and `.`; every part between dots is non-empty and starts and ends
// with a letter or digit; 1 to kMaxSubdomain bytes.
bool is_dns1123_subdomain(std::string_view text);

// Letters, digits, `-`, `_`, `.`, starting and ending with a letter or digit; at most
// kMaxLabelValue bytes. The empty text is a label value.
bool is_label_value(std::string_view text);

// Lower-case letters, digits, `-`, `_`; ends with a letter or digit, does not start with `_`, has
// no `__`; 1 to kMaxCollection bytes.
bool is_secret_collection(std::string_view text);

// Parts separated by `/`, each of letters, digits, `-`, `_`, starting and ending with a letter or
// digit; the first may be preceded by `--dot--`; no `__`.
bool is_secret_group(std::string_view text);

// A `field` or `as`: letters, digits, `-`, `.`, `_`, not empty, and not `..` after decoding
// (`--dot--` stands for a dot).
bool is_secret_field(std::string_view text);

// Does the name end in `-<digits>of<digits>`, as the jobs of a sharded test do?
bool has_shard_suffix(std::string_view name);

}  // namespace stepreg
