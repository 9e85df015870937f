#include "script/shellcheck.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <tuple>

#include "base/command.h"
#include "base/fs.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "base/temporary_directory.h"
#include "base/text.h"
#include "script/shellcheck_cache.h"

namespace stepreg::script {

namespace {

// The options that decide about the answer; part of the key. The severity is that of the
// registry's own check.
const std::vector<std::string> kOptions = {"--format=json1", "--severity=warning",
                                           "--enable=check-unassigned-uppercase"};
// One process checks so many scripts at most: enough to hide its start, few enough to spread the
// work over all processors.
constexpr std::size_t kBatchFiles = 12;
constexpr std::chrono::milliseconds kShareOfOthers{5'000};
constexpr std::size_t kMaxOutputBytes = 64 << 20;
// After so many failures it is shellcheck that is broken, not a script.
constexpr int kMaxFailures = 5;

CommandLimits limits_of(std::chrono::milliseconds time) {
  return {time, kMaxOutputBytes, {"SHELLCHECK_OPTS"}};
}

// Scripts that are checked in one go: those with the same shell and settings.
struct Batch {
  std::string directory;
  bool is_bash = false;
  bool has_settings = false;
  std::vector<std::size_t> inputs;
};

std::string name_of(const Batch& batch, std::size_t index, std::string_view extension) {
  return batch.directory + "/" + std::to_string(index) + std::string(extension);
}

std::string reason_of(const CommandOutput& output) {
  if (output.stopped) return "it was ended after its time limit";
  if (output.exit_code > 128) {
    return "it was ended by signal " + std::to_string(output.exit_code - 128);
  }
  const std::string said(cut_utf8(split(trimmed(output.err), '\n')[0], 200));
  if (output.exit_code > 1) {
    return "it ended with code " + std::to_string(output.exit_code) +
           (said.empty() ? "" : ": " + said);
  }
  return "it printed something else than its JSON";
}

// A run over the inputs that are not known yet.
class Run {
 public:
  Run(const ShellcheckOptions& options, std::span<const ShellcheckInput> inputs,
      std::vector<ShellcheckVerdict>& verdicts)
      : options_(options), inputs_(inputs), verdicts_(verdicts) {}

  void check(const std::vector<std::size_t>& indices) {
    if (indices.empty()) return;
    if (scratch_.path().empty()) {
      for (const std::size_t i : indices) {
        verdicts_[i].failure = "cannot create a temporary directory";
      }
      return;
    }
    const std::vector<Batch> batches = batches_of(indices);
    parallel_for(batches.size(), options_.jobs, [&](std::size_t i) { check_batch(batches[i]); });
  }

 private:
  std::vector<Batch> batches_of(const std::vector<std::size_t>& indices) const {
    const std::size_t share = indices.size() / (std::max(1U, options_.jobs) * 2UL) + 1;
    const std::size_t size = std::min(kBatchFiles, share);
    using Key = std::tuple<bool, bool, std::string_view>;
    std::map<Key, std::vector<std::size_t>> groups;
    for (const std::size_t i : indices) {
      groups[{inputs_[i].is_bash, inputs_[i].has_settings, inputs_[i].settings}].push_back(i);
    }
    std::vector<Batch> batches;
    for (const auto& [key, members] : groups) {
      for (std::size_t at = 0; at < members.size(); at += size) {
        Batch& batch = batches.emplace_back();
        batch.directory = scratch_.path() + "/" + std::to_string(batches.size());
        batch.is_bash = std::get<0>(key);
        batch.has_settings = std::get<1>(key);
        const std::size_t end = std::min(at + size, members.size());
        batch.inputs.assign(members.begin() + static_cast<std::ptrdiff_t>(at),
                            members.begin() + static_cast<std::ptrdiff_t>(end));
      }
    }
    return batches;
  }

  bool write_scripts(const Batch& batch) const {
    if (!make_directories(batch.directory)) return false;
    const ShellcheckInput& first = inputs_[batch.inputs.front()];
    const std::string settings = batch.directory + "/.shellcheckrc";
    if (batch.has_settings && !write_file_atomic(settings, first.settings, 0600, Flush::no)) {
      return false;
    }
    return std::all_of(batch.inputs.begin(), batch.inputs.end(), [&](std::size_t i) {
      const std::string name = name_of(batch, i, inputs_[i].extension);
      return write_file_atomic(name, inputs_[i].text, 0600, Flush::no).has_value();
    });
  }

  void check_batch(const Batch& batch) {
    if (!write_scripts(batch)) return fail(batch, "cannot write to " + batch.directory);
    if (failures_ < kMaxFailures && run(batch).empty()) return;
    // One of them is to blame, or all: ask for each alone.
    for (const std::size_t i : batch.inputs) {
      Batch alone{batch.directory, batch.is_bash, batch.has_settings, {i}};
      if (failures_ >= kMaxFailures) {
        fail(alone, "it was not run any more after " + counted(kMaxFailures, "failure"));
        continue;
      }
      const std::string failure = run(alone);
      if (!failure.empty()) fail(alone, failure);
    }
  }

  void fail(const Batch& batch, const std::string& reason) {
    for (const std::size_t i : batch.inputs) verdicts_[i].failure = reason;
    failures_ += static_cast<int>(batch.inputs.size());
  }

  // Why it failed, or "".
  std::string run(const Batch& batch) {
    std::vector<std::string> arguments{options_.program};
    arguments.insert(arguments.end(), kOptions.begin(), kOptions.end());
    if (batch.is_bash) arguments.push_back("--shell=bash");
    if (!batch.has_settings) arguments.push_back("--norc");
    arguments.push_back("--");
    std::map<std::string, std::size_t> files;
    for (const std::size_t i : batch.inputs) {
      arguments.push_back(name_of(batch, i, inputs_[i].extension));
      files[arguments.back()] = i;
    }
    // The others of a batch need seconds at most.
    const auto limit = options_.file_limit + kShareOfOthers * (batch.inputs.size() - 1);
    const Result<CommandOutput> output = run_command(arguments, limits_of(limit));
    if (!output) return output.error().text;
    if (output->stopped || output->exit_code > 1) return reason_of(*output);
    auto remarks = parse_shellcheck_json(output->out);
    if (!remarks) return reason_of(*output);
    for (const NamedRemark& named : *remarks) {
      if (!files.contains(named.file)) return reason_of(*output);
    }
    for (NamedRemark& named : *remarks) {
      verdicts_[files[named.file]].remarks.push_back(std::move(named.remark));
    }
    return "";
  }

  const ShellcheckOptions& options_;
  std::span<const ShellcheckInput> inputs_;
  std::vector<ShellcheckVerdict>& verdicts_;
  TemporaryDirectory scratch_;
  std::atomic<int> failures_ = 0;
};

void sort_remarks(std::vector<ShellcheckRemark>& remarks) {
  std::sort(remarks.begin(), remarks.end(), [](const auto& a, const auto& b) {
    return std::tie(a.line, a.column, a.code, a.end_line, a.end_column, a.message) <
           std::tie(b.line, b.column, b.code, b.end_line, b.end_column, b.message);
  });
}

}  // namespace

Result<Shellcheck> Shellcheck::find(ShellcheckOptions options) {
  const Result<CommandOutput> output =
      run_command({options.program, "--version"}, limits_of(options.file_limit));
  if (!output) return output.error();
  if (output->stopped || output->exit_code != 0) {
    return Error{Error::Code::failed, "`" + options.program + " --version`: " + reason_of(*output)};
  }
  if (output->out.find("version:") == std::string::npos) {
    return Error{Error::Code::invalid,
                 "`" + options.program + " --version` does not say which version it is"};
  }
  return Shellcheck(std::move(options), output->out);
}

std::string Shellcheck::key_of(const ShellcheckInput& input) const {
  std::string question = "1\n";  // of the form of an entry
  const auto add = [&](std::string_view part) {
    question.append(std::to_string(part.size())).append(":").append(part);
  };
  add(version_);
  for (const std::string& option : kOptions) add(option);
  add(input.is_bash ? "bash" : "");
  add(input.has_settings ? "rc" : "norc");
  add(input.settings);
  add(input.extension);
  add(input.text);
  return sha256_hex(question);
}

std::vector<ShellcheckVerdict> Shellcheck::check(std::span<const ShellcheckInput> inputs) const {
  const ShellcheckCache cache(options_.cache_directory);
  std::vector<ShellcheckVerdict> verdicts(inputs.size());
  std::vector<std::string> keys(inputs.size());
  std::vector<char> known(inputs.size());
  parallel_for(inputs.size(), options_.jobs, [&](std::size_t i) {
    keys[i] = key_of(inputs[i]);
    auto remarks = cache.load(keys[i]);
    known[i] = remarks.has_value();
    if (remarks) verdicts[i].remarks = std::move(*remarks);
  });
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!known[i]) unknown.push_back(i);
  }
  Run(options_, inputs, verdicts).check(unknown);
  for (const std::size_t i : unknown) {
    sort_remarks(verdicts[i].remarks);
    if (verdicts[i].failure.empty()) cache.store(keys[i], verdicts[i].remarks);
  }
  return verdicts;
}

}  // namespace stepreg::script
