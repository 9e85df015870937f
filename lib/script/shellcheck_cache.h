// Private to script/: remarks of shellcheck as JSON, and where they are kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "script/shellcheck.h"

namespace stepreg::script {

// What shellcheck printed with `-f json1`, by file. Nullopt when it is not that.
struct NamedRemark {
  std::string file;
  ShellcheckRemark remark;
};
std::optional<std::vector<NamedRemark>> parse_shellcheck_json(std::string_view text);

// Any number of processes may use one directory. Entries that cannot be read or do not look as they
// were written count as absent; failures to write are nobody's trouble.
class ShellcheckCache {
 public:
  explicit ShellcheckCache(std::string directory) : directory_(std::move(directory)) {}

  // `key` has 64 hexadecimal digits.
  std::optional<std::vector<ShellcheckRemark>> load(const std::string& key) const;
  void store(const std::string& key, const std::vector<ShellcheckRemark>& remarks) const;

 private:
  std::string path_of(const std::string& key) const;

  std::string directory_;
};

}  // namespace stepreg::script
