// Kept documents and findings: whatever stands in the file, what is found in it has passed its
// checksum, and what is unpacked is a document of the text, or findings that pack to the same.
#include <algorithm>
#include <string>

#include "base/check.h"
#include "base/checksum.h"
#include "base/fs.h"
#include "base/temporary_directory.h"
#include "diag/pack.h"
#include "document_tree.h"
#include "fuzz.h"
#include "load/file_cache.h"
#include "yaml/pack.h"

namespace stepreg::fuzz {

namespace {

using load::FileCache;

const std::string kPath = "a.yaml";

std::string little_endian(std::uint64_t number, unsigned bytes) {
  std::string out;
  for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i));
  return out;
}

// A cache file whose frame is sound, so that the search gets to what it holds.
class Home {
 public:
  Home() : file_(directory_.path() + "/cache") {
    const std::string worth_keeping(300 << 10, 'x');
    FileCache(file_, "tree", "build").keep(kPath, {}, worth_keeping, "", worth_keeping.size());
    const auto whole = read_file(file_, 1 << 20);
    CHECK(whole.has_value());
    header_ = whole->substr(0, whole->find('\n', whole->find('\n') + 1) + 1);
    magic_ = whole->substr(whole->size() - 4);
    fill(whole->substr(header_.size()), "");
  }

  void fill(std::string_view entries, std::string_view end) {
    std::string text = header_;
    text.append(entries).append(end);
    CHECK(write_file_atomic(file_, text, 0600, Flush::no).has_value());
  }
  // `index` behind the header, with the footer that belongs to it.
  void fill_index(std::string_view entries, std::string_view index) {
    const std::uint64_t count = index.empty() ? 0 : static_cast<std::uint8_t>(index.back()) % 8;
    std::string footer;
    for (const std::uint64_t number :
         {header_.size() + entries.size(), index.size(), count, std::uint64_t{0}}) {
      footer += little_endian(number, 8);
    }
    footer += little_endian(checksum_of(index, footer), 8) + magic_;
    fill(entries, std::string(index) + footer);
  }
  void look() const {
    FileCache cache(file_, "tree", "build");
    for (const std::string& path : {kPath, std::string()}) {
      const auto kept = cache.find(path, {});
      if (!kept) continue;
      const SourceFile source(path, std::string(kept->text));
      if (const auto document = yaml::unpack(source, kept->made)) check_tree(*document);
    }
  }

 private:
  TemporaryDirectory directory_;
  std::string file_, header_, magic_;
};

// Its first byte says how long the text is; the rest is the packed document.
void try_packed(std::string_view input) {
  if (input.empty()) return;
  const auto size = std::min<std::size_t>(static_cast<std::uint8_t>(input[0]), input.size() - 1);
  const SourceFile source(kPath, std::string(input.substr(1, size)));
  const auto document = yaml::unpack(source, input.substr(1 + size));
  if (!document) return;
  check_tree(*document);
  const auto packed = yaml::pack(*document);
  CHECK(packed && yaml::pack(*yaml::unpack(source, *packed)) == packed);
}

std::string packed(const std::vector<Diagnostic>& findings) {
  PackWriter out;
  pack_findings(findings, out);
  return out.bytes();
}

void try_findings(std::string_view input) {
  PackReader in(input);
  const std::vector<Diagnostic> findings = unpack_findings(in);
  if (!in.ok()) return;
  const std::string bytes = packed(findings);
  PackReader again(bytes);
  CHECK(packed(unpack_findings(again)) == bytes && again.ok() && again.at_end());
}

void try_file(std::string_view input) {
  static Home home;
  home.fill(input, "");
  home.look();
  const std::size_t half = input.size() / 2;
  home.fill_index(input.substr(0, half), input.substr(half));
  home.look();
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = stepreg::fuzz::text_of(data, size);
  stepreg::fuzz::try_packed(input);
  stepreg::fuzz::try_findings(input);
  stepreg::fuzz::try_file(input);
  return 0;
}
