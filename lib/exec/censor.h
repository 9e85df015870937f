// Replaces secrets in output by the same number of `X` (execution.md V035, E278): as they are,
// with white space trimmed, in base64 (also inside longer base64 text), and as a JSON string; also
// across writes.
//
// Ordinary output is only sampled: with a shortest pattern of m bytes and samples of g bytes, every
// secret covers one of the positions m-g, m-g+(m-g+1), ... completely. Only where the sampled bytes
// occur near the start of some pattern is anything compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stepreg::exec {

inline constexpr std::size_t kShortestSecret = 4;              // bytes; shorter ones are no secrets
inline constexpr std::uint64_t kLargestSecretFile = 1U << 20;  // bytes; as of a Kubernetes Secret

// The set of secrets. Add everything, then use it from any number of streams; it must outlive them
// and not change while they exist.
class Censor {
 public:
  Censor();
  // Values under kShortestSecret bytes after trimming and the words true and false are no secrets.
  void add(std::string_view value);
  // Every regular file below a credential or profile directory, links followed. An error means
  // that the secrets are not known: nothing may be published then (V035).
  Result<void> add_directory(const std::string& directory);

  bool empty() const { return patterns_.empty(); }
  std::string censored(std::string_view text) const;
  // Rewrites the file (by rename) when it contains a secret. Returns whether it did.
  Result<bool> censor_file(const std::string& path) const;

 private:
  friend class CensorStream;
  struct Range {
    std::size_t begin;
    std::size_t end;
  };
  struct Anchor {
    std::uint32_t pattern;
    std::uint32_t offset;  // of the sampled bytes within the pattern
    std::uint32_t next;    // in the same slot; 0: end of the chain
  };
  void add_forms(std::string_view value);
  void add_base64(std::string_view value, bool url_safe);
  void add_pattern(std::string_view pattern);
  Result<void> add_files(const std::string& directory, int depth);
  std::uint32_t slot_of(const char* sample) const;
  void index();
  void find(std::string_view text, std::vector<Range>& found) const;
  std::size_t held_suffix(std::string_view text) const;

  std::vector<std::string> patterns_;
  std::vector<Anchor> anchors_;
  std::vector<std::uint32_t> slots_;    // by hash of the sampled bytes
  std::vector<std::uint64_t> present_;  // one bit per slot
  std::size_t shortest_ = 0;
  std::size_t longest_ = 0;
  std::size_t gram_ = 2;  // bytes that are sampled: 2 or 4
};

// One stream of output.
class CensorStream {
 public:
  explicit CensorStream(const Censor& censor) : censor_(&censor) {}

  // Censors `bytes`, in place where possible, and returns what may be written now: valid until the
  // next call or until `bytes` changes. The end is held back while it may be the start of a secret.
  std::string_view feed(char* bytes, std::size_t size);
  // What was held back; the stream starts anew.
  std::string finish();

 private:
  std::string_view split(char* bytes, std::size_t size);

  const Censor* censor_;
  std::string buffer_;                // held bytes of earlier calls and the new ones
  std::string held_;                  // as they were written
  std::vector<Censor::Range> masks_;  // of secrets that reach into held_
};

}  // namespace stepreg::exec
