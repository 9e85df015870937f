#include "exec/shared_dir.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "temp_dir.h"

using namespace stepreg;
using namespace stepreg::exec;
using test::get;
using test::put;
using test::TempDir;
namespace fs = std::filesystem;

namespace {

std::string listing(const std::string& directory) {
  std::string names;
  std::vector<std::string> sorted;
  for (const auto& entry : fs::directory_iterator(directory)) {
    sorted.push_back(entry.path().filename());
  }
  std::sort(sorted.begin(), sorted.end());
  for (const std::string& name : sorted) names += name + " ";
  return names;
}

}  // namespace

TEST_CASE("a commit replaces the generation: new, changed and absent files") {
  const TempDir dir;
  SharedDir shared = *SharedDir::create(dir / "shared");
  CHECK_FALSE(SharedDir::create(dir / "shared"));
  REQUIRE(shared.copy_to(dir / "p1"));
  put(dir / "p1/a", "1");
  put(dir / "p1/b", "1");
  put(dir / "p1/sub/x", "1");
  fs::create_symlink(dir / "p1/a", dir / "p1/link");
  fs::create_symlink(dir / "nowhere", dir / "p1/broken");
  fs::create_symlink("/", dir / "p1/to-directory");
  CommitOutcome first = shared.commit(dir / "p1");
  CHECK(first.committed);
  CHECK(first.generation == 1);
  CHECK(first.bytes == 3);
  CHECK(first.dropped == std::vector<std::string>{"broken", "sub", "to-directory"});
  CHECK(listing(shared.current_path()) == "a b link ");

  REQUIRE(shared.copy_to(dir / "p2"));
  CHECK(fs::status(dir / "p2/a").permissions() == fs::perms(0644));
  CHECK_FALSE(fs::is_symlink(dir / "p2/link"));
  CHECK(shared.commit(dir / "p2").generation == 1);  // nothing changed
  put(dir / "p2/a", "2");
  fs::remove(dir / "p2/b");
  CHECK(shared.commit(dir / "p2").generation == 2);
  CHECK(listing(shared.current_path()) == "a link ");
  CHECK(get(dir / "shared/current/a") == "2");
  CHECK(get(dir / "shared/000001/a") == "1");
}

TEST_CASE("a bad commit is rejected as a whole") {
  const TempDir dir;
  SharedDir shared = *SharedDir::create(dir / "shared");
  REQUIRE(shared.copy_to(dir / "p"));
  put(dir / "p/good", "1");
  SUBCASE("size") {
    put(dir / "p/big", std::string(kSharedDirBytes, 'x'));
  }
  SUBCASE("name") {
    put(dir / "p/a b", "");
  }
  SUBCASE("dots") {
    put(dir / "p/..data", "");
  }
  SUBCASE("pipe") {
    ::mkfifo((dir / "p/pipe").c_str(), 0600);
  }
  SUBCASE("gone") {
    fs::remove_all(dir / "p");
  }
  const CommitOutcome outcome = shared.commit(dir / "p");
  CHECK_FALSE(outcome.committed);
  CHECK(outcome.rejected->text.find(dir / "p") != std::string::npos);
  CHECK(outcome.generation == 0);
  CHECK(listing(shared.current_path()).empty());
  CHECK(listing(dir / "shared") == "000000 current ");
}

TEST_CASE("exactly one mebibyte is allowed, and five generations are kept") {
  const TempDir dir;
  SharedDir shared = *SharedDir::create(dir / "shared");
  REQUIRE(shared.copy_to(dir / "p"));
  put(dir / "p/big", std::string(kSharedDirBytes, 'x'));
  CHECK(shared.commit(dir / "p").committed);
  for (int i = 0; i < 8; ++i) {
    put(dir / "p/big", std::to_string(i));
    CHECK(shared.commit(dir / "p").committed);
  }
  CHECK(listing(dir / "shared") == "000005 000006 000007 000008 000009 current ");
}

TEST_CASE("a half-made generation is removed when the directory is opened again") {
  const TempDir dir;
  {
    SharedDir shared = *SharedDir::create(dir / "shared");
    REQUIRE(shared.copy_to(dir / "p"));
    put(dir / "p/a", "1");
    CHECK(shared.commit(dir / "p").committed);
  }
  put(dir / "shared/.000002/b", "half");
  put(dir / "shared/000002/b", "not switched to");
  SharedDir again = *SharedDir::open(dir / "shared");
  CHECK(again.generation() == 1);
  CHECK(listing(dir / "shared") == "000000 000001 current ");
  CHECK_FALSE(SharedDir::open(dir / "nothing"));
}

TEST_CASE("a private copy that became a link is replaced, not followed") {
  const TempDir dir;
  SharedDir shared = *SharedDir::create(dir / "shared");
  put(dir / "precious/file", "x");
  fs::create_directory_symlink(dir / "precious", dir / "p");
  REQUIRE(shared.copy_to(dir / "p"));
  CHECK(get(dir / "precious/file") == "x");
  CHECK_FALSE(fs::is_symlink(dir / "p"));
}

TEST_CASE("salvage takes what an interrupted step had written") {
  const TempDir dir;
  SharedDir shared = *SharedDir::create(dir / "shared");
  REQUIRE(shared.copy_to(dir / "p"));
  put(dir / "p/kept", "1");
  put(dir / "p/changed", "1");
  CHECK(shared.commit(dir / "p").committed);
  REQUIRE(shared.copy_to(dir / "p"));
  fs::remove(dir / "p/kept");
  put(dir / "p/changed", "2");
  put(dir / "p/metadata.json", "{}");
  put(dir / "p/bad name", "x");
  SUBCASE("all of it") {
    const auto outcome = shared.salvage(dir / "p");
    REQUIRE(outcome);
    CHECK(outcome->merged == std::vector<std::string>{"changed", "metadata.json"});
    CHECK(outcome->skipped.size() == 1);
    CHECK(listing(shared.current_path()) == "changed kept metadata.json ");
    CHECK(get(shared.current_path() + "/changed") == "2");
  }
  SUBCASE("only new files when the changes make it too large") {
    put(dir / "p/changed", std::string(kSharedDirBytes, 'x'));
    const auto outcome = shared.salvage(dir / "p");
    REQUIRE(outcome);
    CHECK(outcome->merged == std::vector<std::string>{"metadata.json"});
    CHECK(get(shared.current_path() + "/changed") == "1");
  }
}

TEST_CASE("an observer's copy follows the generations") {
  const TempDir dir;
  SharedDir shared = *SharedDir::create(dir / "shared");
  REQUIRE(shared.copy_to(dir / "p"));
  put(dir / "p/a", "1");
  put(dir / "p/b", "1");
  CHECK(shared.commit(dir / "p").committed);
  CHECK(shared.refresh(dir / "o"));
  CHECK(listing(dir / "o") == "a b ");
  put(dir / "p/a", "2");
  fs::remove(dir / "p/b");
  CHECK(shared.commit(dir / "p").committed);
  CHECK(shared.refresh(dir / "o"));
  CHECK(listing(dir / "o") == "a ");
  CHECK(get(dir / "o/a") == "2");
}

TEST_CASE("a kubeconfig is published while the step runs, once it is stable") {
  const TempDir dir;
  SharedDir shared = *SharedDir::create(dir / "shared");
  REQUIRE(shared.copy_to(dir / "p"));
  KubeconfigWatch watch(shared, dir / "p", dir / "kubeconfig-own");
  std::vector<std::string> warnings;
  CHECK(watch.poll(warnings).empty());
  put(dir / "p/kubeconfig", "half");
  put(dir / "p/other", "private");
  CHECK(watch.poll(warnings).empty());
  put(dir / "p/kubeconfig", "complete");
  CHECK(watch.poll(warnings).empty());
  CHECK(watch.poll(warnings) == std::vector<std::string>{"kubeconfig"});
  CHECK(listing(shared.current_path()) == "kubeconfig ");
  CHECK(get(dir / "kubeconfig-own") == "complete");
  CHECK_FALSE(watch.finished());
  put(dir / "p/kubeconfig-minimal", std::string(kSharedDirBytes, 'x'));
  CHECK(watch.poll(warnings).empty());
  CHECK(watch.poll(warnings).empty());
  CHECK(warnings.size() == 1);
}
