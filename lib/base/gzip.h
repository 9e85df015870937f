#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepreg {

// Does the content begin with the bytes 1F 8B?
bool is_gzip(std::string_view content);

// All members, one after the other. nullopt when the content is damaged, cut off, or would be
// longer than `max_bytes`.
std::optional<std::string> gunzip(std::string_view content, std::uint64_t max_bytes);

}  // namespace stepreg
