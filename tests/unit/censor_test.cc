#include "exec/censor.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <random>

#include "base/base64.h"
#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using test::get;
using test::put;
using test::TempDir;

namespace {

// The text in pieces of `piece` bytes through one stream.
std::string streamed(const Censor& censor, const std::string& text, std::size_t piece) {
  CensorStream stream(censor);
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    std::string part = text.substr(at, piece);
    out += stream.feed(part.data(), part.size());
  }
  return out + stream.finish();
}

// Every occurrence of every secret, found the slow way.
std::string masked(const std::vector<std::string>& secrets, const std::string& text) {
  std::string out = text;
  for (const std::string& secret : secrets) {
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + 1)) {
      out.replace(at, secret.size(), secret.size(), 'X');
    }
  }
  return out;
}

}  // namespace

TEST_CASE("base64 as RFC 4648 writes it") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64("\xff\xfe\xfd") == "//79");
  CHECK(base64("\xff\xfe\xfd", true) == "__79");
}

TEST_CASE("secrets are replaced in all their forms") {
  Censor censor;
  censor.add("s3cret-value\n");
  CHECK(censor.censored("a s3cret-value b") == "a XXXXXXXXXXXX b");
  CHECK(censor.censored("s3cret-valu") == "s3cret-valu");
  CHECK(censor.censored(base64("s3cret-value")) == std::string(16, 'X'));
  CHECK(censor.censored(base64("s3cret-value\n")) == std::string(20, 'X'));
  CHECK(censor.censored("{\"k\":\"s3cret-value\\n\"}") == "{\"k\":\"XXXXXXXXXXXXXX\"}");
  for (const char* before : {"u", "us", "user:"}) {
    const std::string header = base64(std::string(before) + "s3cret-value");
    CAPTURE(header);
    CHECK(censor.censored(header).find("XXXXXXXXXXXX") != std::string::npos);
  }
}

TEST_CASE("what is too short or too common is no secret") {
  Censor censor;
  censor.add("abc");
  censor.add(" true\n");
  censor.add("false");
  censor.add("  a\n ");
  CHECK(censor.empty());
  CHECK(censor.censored("abc true") == "abc true");
  CHECK(streamed(censor, "abc true", 3) == "abc true");
  censor.add("abcd");
  CHECK(censor.censored("xabcdabcdx abc") == "xXXXXXXXXx abc");
}

TEST_CASE("a stream finds what is split anywhere, and overlapping secrets") {
  Censor censor;
  for (const char* secret : {"abcdefgh", "efghijkl", "defgh", "aaaaaa"}) censor.add(secret);
  const std::string text = "..abcdefghijkl..aaaaaaaaa..abcdefg.defg.aaaaa.abcdefghi";
  const std::string expected = "..XXXXXXXXXXXX..XXXXXXXXX..abcdefg.defg.aaaaa.XXXXXXXXi";
  CHECK(censor.censored(text) == expected);
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    CAPTURE(piece);
    CHECK(streamed(censor, text, piece) == expected);
  }
}

TEST_CASE("only what may be the start of a secret is held back") {
  Censor censor;
  censor.add("swordfish");
  CensorStream stream(censor);
  std::string text = "password: swo";
  CHECK(stream.feed(text.data(), text.size()) == "password: ");
  text = "rd\n";
  CHECK(stream.feed(text.data(), text.size()) == "sword\n");
  CHECK(stream.finish().empty());
}

TEST_CASE("random texts and secrets agree with the slow way") {
  std::mt19937 random(20260821);
  const auto word = [&random](std::size_t size) {
    std::string text(size, 'a');
    for (char& c : text) c = static_cast<char>('a' + random() % 2);
    return text;
  };
  for (int round = 0; round < 300; ++round) {
    Censor censor;
    std::vector<std::string> secrets;
    for (int i = 0; i <= round % 4; ++i) {
      secrets.push_back(word(4 + random() % (round % 3 == 0 ? 4 : 12)));
      censor.add(secrets.back());
    }
    const std::string text = word(random() % 200);
    const std::string expected = masked(secrets, text);
    REQUIRE(censor.censored(text) == expected);
    REQUIRE(streamed(censor, text, 1 + random() % 20) == expected);
  }
}

TEST_CASE("credentials are read from a directory, or not at all") {
  const TempDir dir;
  put(dir / "store/ns/name/password", "swordfish\n");
  put(dir / "store/ns/name/empty", "");
  std::filesystem::create_symlink("password", dir / "store/ns/name/link");
  Censor censor;
  CHECK(censor.add_directory(dir / "store"));
  CHECK(censor.censored("swordfish") == "XXXXXXXXX");
  std::filesystem::create_directory_symlink(dir / "store", dir / "store/loop");
  CHECK_FALSE(censor.add_directory(dir / "store"));
  CHECK_FALSE(censor.add_directory(dir / "missing"));
  ::mkfifo((dir / "pipe").c_str(), 0600);
  CHECK_FALSE(censor.add_directory(dir.path()));
}

TEST_CASE("a file with a secret is rewritten, others are left alone") {
  const TempDir dir;
  Censor censor;
  censor.add("swordfish");
  const std::string filler(300000, '.');
  put(dir / "clean", filler);
  put(dir / "dirty", filler.substr(0, 262140) + "swordfish" + filler);
  std::filesystem::permissions(dir / "dirty", std::filesystem::perms(0640));
  CHECK_FALSE(*censor.censor_file(dir / "clean"));
  CHECK(*censor.censor_file(dir / "dirty"));
  CHECK(get(dir / "dirty") == filler.substr(0, 262140) + "XXXXXXXXX" + filler);
  CHECK(std::filesystem::status(dir / "dirty").permissions() == std::filesystem::perms(0640));
  CHECK_FALSE(censor.censor_file(dir / "missing"));
}
