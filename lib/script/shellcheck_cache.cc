#include "script/shellcheck_cache.h"

#include <array>
#include <nlohmann/json.hpp>

#include "base/fs.h"
#include "base/sha256.h"

namespace stepreg::script {

namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kMaxEntryBytes = 16 << 20;
constexpr std::size_t kDigestLength = 64;

bool read_number(const Json& object, const char* key, std::uint32_t& number) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned()) return false;
  number = found->get<std::uint32_t>();
  return true;
}

std::optional<NamedRemark> remark_of(const Json& entry) {
  NamedRemark named;
  ShellcheckRemark& remark = named.remark;
  if (!entry.is_object() || !entry.contains("message") || !entry["message"].is_string() ||
      !read_number(entry, "line", remark.line) || !read_number(entry, "column", remark.column) ||
      !read_number(entry, "endLine", remark.end_line) ||
      !read_number(entry, "endColumn", remark.end_column) ||
      !read_number(entry, "code", remark.code)) {
    return std::nullopt;
  }
  remark.message = entry["message"].get<std::string>();
  if (entry.contains("file") && entry["file"].is_string()) {
    named.file = entry["file"].get<std::string>();
  }
  return named;
}

std::string json_of(const std::vector<ShellcheckRemark>& remarks) {
  Json comments = Json::array();
  for (const ShellcheckRemark& remark : remarks) {
    comments.push_back({{"line", remark.line},
                        {"column", remark.column},
                        {"endLine", remark.end_line},
                        {"endColumn", remark.end_column},
                        {"code", remark.code},
                        {"message", remark.message}});
  }
  const Json document{{"comments", comments}};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::optional<std::vector<NamedRemark>> parse_shellcheck_json(std::string_view text) {
  const Json document = Json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("comments")) return std::nullopt;
  const Json& comments = document["comments"];
  if (!comments.is_array()) return std::nullopt;
  std::vector<NamedRemark> remarks;
  for (const Json& entry : comments) {
    std::optional<NamedRemark> remark = remark_of(entry);
    if (!remark) return std::nullopt;
    remarks.push_back(std::move(*remark));
  }
  return remarks;
}

std::string ShellcheckCache::path_of(const std::string& key) const {
  return directory_ + "/" + key.substr(0, 2) + "/" + key.substr(2);
}

std::optional<std::vector<ShellcheckRemark>> ShellcheckCache::load(const std::string& key) const {
  if (directory_.empty()) return std::nullopt;
  const Result<std::string> entry = read_file(path_of(key), kMaxEntryBytes);
  if (!entry || entry->size() <= kDigestLength) return std::nullopt;
  const std::string_view body = std::string_view(*entry).substr(kDigestLength);
  // The key is part of it: an entry that was moved is no answer to another question.
  if (!entry->starts_with(sha256_hex(key + std::string(body)))) return std::nullopt;
  const auto named = parse_shellcheck_json(body);
  if (!named) return std::nullopt;
  std::vector<ShellcheckRemark> remarks;
  for (const NamedRemark& remark : *named) remarks.push_back(remark.remark);
  return remarks;
}

void ShellcheckCache::store(const std::string& key,
                            const std::vector<ShellcheckRemark>& remarks) const {
  if (directory_.empty()) return;
  const std::string path = path_of(key);
  if (!make_directories(std::string(parent_path(path)))) return;
  const std::string body = json_of(remarks);
  (void)write_file_atomic(path, sha256_hex(key + body) + body, 0600, Flush::no);
}

}  // namespace stepreg::script
