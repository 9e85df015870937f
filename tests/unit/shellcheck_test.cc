#include "script/shellcheck.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/fs.h"
#include "temp_dir.h"

namespace stepreg::script {

namespace {

// A program that stands in for shellcheck. It notes every run in `runs`.
class Fake {
 public:
  explicit Fake(const std::string& body, const std::string& version = "1.0") {
    path_ = directory_.path() + "/shellcheck";
    const std::string text =
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'version: " + version +
        "'; exit 0; fi\necho run >> '" + directory_.path() + "/runs'\n" + body + "\n";
    REQUIRE(write_file_atomic(path_, text, 0755));
    ::chmod(path_.c_str(), 0755);
  }

  ShellcheckOptions options() const {
    ShellcheckOptions options;
    options.program = path_;
    options.cache_directory = cache();
    options.jobs = 2;
    return options;
  }
  std::string cache() const { return directory_.path() + "/cache"; }
  std::size_t runs() const {
    const Result<std::string> text = read_file(directory_.path() + "/runs", 1 << 20);
    return text ? text->size() / 4 : 0;
  }

 private:
  test::TempDir directory_;
  std::string path_;
};

// Says of every script in which line its last word stands.
constexpr const char* kOneRemark =
    "sep=; printf '{\"comments\":['\n"
    "for f do case $f in -*) continue;; esac\n"
    "printf '%s{\"file\":\"%s\",\"line\":1,\"column\":1,\"endLine\":1,\"endColumn\":3,"
    "\"level\":\"warning\",\"code\":%d,\"message\":\"m\"}' \"$sep\" \"$f\" "
    "\"$(wc -l < \"$f\")\"; sep=,; done; printf ']}'; exit 1";

std::vector<ShellcheckVerdict> check(const ShellcheckOptions& options,
                                     const std::vector<std::string>& texts) {
  const Result<Shellcheck> shellcheck = Shellcheck::find(options);
  REQUIRE(shellcheck);
  std::vector<ShellcheckInput> inputs;
  for (const std::string& text : texts)
    inputs.push_back({.text = text, .extension = ".sh", .settings = ""});
  return shellcheck->check(inputs);
}

std::string first_entry(const std::string& cache) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(cache)) {
    if (entry.is_regular_file()) return entry.path().string();
  }
  return "";
}

}  // namespace

TEST_CASE("every script gets its own remarks, and no script is asked about twice") {
  const Fake fake(kOneRemark);
  std::vector<std::string> texts;
  for (int i = 0; i < 40; ++i) texts.emplace_back(static_cast<std::size_t>(i) + 1, '\n');
  const auto verdicts = check(fake.options(), texts);
  REQUIRE(verdicts.size() == texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    REQUIRE(verdicts[i].remarks.size() == 1);
    CHECK(verdicts[i].remarks[0].code == i + 1);
    CHECK(verdicts[i].failure.empty());
  }
  const std::size_t runs = fake.runs();
  CHECK(runs < texts.size());
  CHECK(check(fake.options(), texts)[7].remarks == verdicts[7].remarks);
  CHECK(fake.runs() == runs);
  ShellcheckOptions fresh = fake.options();
  fresh.cache_directory = "";
  CHECK(check(fresh, texts)[7].remarks == verdicts[7].remarks);
  CHECK(fake.runs() == 2 * runs);
}

TEST_CASE("the version, the settings and the ending are part of the question") {
  const Fake fake(kOneRemark);
  const Fake newer(kOneRemark, "1.1");
  ShellcheckOptions options = newer.options();
  options.cache_directory = fake.cache();
  check(fake.options(), {"a\n"});
  check(options, {"a\n"});
  CHECK(newer.runs() == 1);
  const Result<Shellcheck> shellcheck = Shellcheck::find(fake.options());
  REQUIRE(shellcheck);
  const std::vector<ShellcheckInput> inputs{
      {.text = "a\n", .extension = ".sh", .settings = "disable=SC1", .has_settings = true},
      {.text = "a\n", .extension = ".bash", .settings = ""},
      {.text = "a\n", .extension = ".sh", .settings = "", .is_bash = true},
      {.text = "a\n", .extension = ".sh", .settings = "", .has_settings = true}};
  shellcheck->check(inputs);
  CHECK(fake.runs() == 5);
}

TEST_CASE("a damaged or foreign entry of the cache is ignored and mended") {
  const Fake fake(kOneRemark);
  const auto verdicts = check(fake.options(), {"a\n"});
  const std::string entry = first_entry(fake.cache());
  const Result<std::string> good = read_file(entry, 1 << 20);
  REQUIRE(good);
  std::string wrong = *good;
  wrong.replace(wrong.find("\"code\":1"), 8, "\"code\":7");
  for (const std::string& bad : {std::string(), good->substr(0, 80), std::string("{}"), wrong}) {
    REQUIRE(write_file_atomic(entry, bad));
    const std::size_t runs = fake.runs();
    CHECK(check(fake.options(), {"a\n"})[0].remarks == verdicts[0].remarks);
    CHECK(fake.runs() == runs + 1);
    CHECK(*read_file(entry, 1 << 20) == *good);
  }
}

TEST_CASE("one script that shellcheck cannot bear does not hide the others") {
  const Fake fake(
      "for f do case $f in -*) ;; *) grep -q crash \"$f\" && kill -SEGV $$;; esac; done\n" +
      std::string(kOneRemark));
  const auto verdicts = check(fake.options(), {"a\n", "crash\n", "b\n\n"});
  CHECK(verdicts[0].remarks.size() == 1);
  CHECK(verdicts[1].failure == "it was ended by signal 11");
  CHECK(verdicts[2].remarks.size() == 1);
  const std::size_t runs = fake.runs();
  check(fake.options(), {"a\n", "crash\n", "b\n\n"});
  CHECK(fake.runs() > runs);  // a failure is not kept
}

TEST_CASE("a program that hangs, or says something else, is a failure") {
  const Fake hangs("sleep 1000");
  ShellcheckOptions options = hangs.options();
  options.file_limit = std::chrono::milliseconds(300);
  CHECK(check(options, {"a\n"})[0].failure == "it was ended after its time limit");
  const Fake garbage("echo hello");
  CHECK(check(garbage.options(), {"a\n"})[0].failure == "it printed something else than its JSON");
  const Fake stranger(
      "echo '{\"comments\":[{\"file\":\"x\",\"line\":1,\"column\":1,\"endLine\":1,"
      "\"endColumn\":1,\"code\":1,\"message\":\"m\"}]}'");
  CHECK_FALSE(check(stranger.options(), {"a\n"})[0].failure.empty());
  const Fake fails("echo 'no such option' >&2; exit 4");
  CHECK(check(fails.options(), {"a\n"})[0].failure == "it ended with code 4: no such option");
}

TEST_CASE("a broken program is not started for every script") {
  const Fake fake("exit 9");
  const auto verdicts = check(fake.options(), std::vector<std::string>(60, "a\n"));
  for (const ShellcheckVerdict& verdict : verdicts) CHECK_FALSE(verdict.failure.empty());
  CHECK(fake.runs() < 20);
}

TEST_CASE("what is not shellcheck is recognised") {
  ShellcheckOptions options;
  options.program = "/nonexistent/shellcheck";
  const Result<Shellcheck> none = Shellcheck::find(options);
  REQUIRE_FALSE(none);
  CHECK(none.error().code == Error::Code::not_found);
  options.program = "true";
  const Result<Shellcheck> other = Shellcheck::find(options);
  REQUIRE_FALSE(other);
  CHECK(other.error().code == Error::Code::invalid);
}

TEST_CASE("several runs may share one cache") {
  const Fake fake(kOneRemark);
  const std::vector<std::string> texts{"a\n", "b\n\n", "c\n\n\n"};
  std::vector<std::thread> threads;
  std::vector<std::vector<ShellcheckVerdict>> verdicts(4);
  for (auto& own : verdicts) {
    threads.emplace_back([&] { own = check(fake.options(), texts); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& own : verdicts) {
    for (std::size_t i = 0; i < texts.size(); ++i) CHECK(own[i].remarks == verdicts[0][i].remarks);
  }
}

TEST_CASE("the real shellcheck") {
  ShellcheckOptions options;
  const Result<Shellcheck> shellcheck = Shellcheck::find(options);
  if (!shellcheck) return;  // said by tests/shellcheck
  const std::vector<ShellcheckInput> inputs{
      {.text = "#!/bin/bash\nset -u\ncd /x\necho \"$FOO\"\n", .extension = ".sh", .settings = ""},
      {.text = "#!/bin/bash\ncd /x\n",
       .extension = ".sh",
       .settings = "disable=SC2164\n",
       .has_settings = true},
      {.text = "if then\n", .extension = ".sh", .settings = ""}};
  const auto verdicts = shellcheck->check(inputs);
  REQUIRE(verdicts[0].remarks.size() == 2);
  CHECK(verdicts[0].remarks[0].code == 2164);
  CHECK(verdicts[0].remarks[1].code == 2154);
  CHECK(verdicts[0].remarks[1].message == "FOO is referenced but not assigned.");
  CHECK(verdicts[1].remarks.empty());
  CHECK(verdicts[1].failure.empty());
  CHECK_FALSE(verdicts[2].remarks.empty());
}

}  // namespace stepreg::script
