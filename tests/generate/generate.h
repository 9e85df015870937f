// Registries with configurations from a seed: the same bytes on every machine, no findings in
// profile `recommended`, and every test resolves.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "generate/components.h"
#include "generate/files.h"
#include "generate/shape.h"

namespace stepreg::generate {

// `step-registry/`, `config/` and a `.stepreg.yaml` that names them.
void generate(const Shape& shape, const Put& put);

// Registries that are large in one direction only, to look for costs that grow faster than the
// input. `count` says how large.
enum class OddShape {
  long_chains,     // `count` chains, each in the next one, up to the depth that is allowed
  wide_workflow,   // one workflow with `count` steps, one test
  one_workflow,    // `count` tests on one workflow
  same_parameter,  // `count` steps that all declare one parameter, set everywhere
};
void generate_odd(OddShape shape, std::size_t count, const Put& put);

// The parts of generate().
void put_registry(const Components& components, const Put& put);
void put_configs(const Components& components, const Put& put);
void put_settings(const Put& put);

// Writes below a directory, which need not exist. The first failure stays; what comes after it is
// not written.
class Writer {
 public:
  explicit Writer(std::string directory);
  void put(const GeneratedFile& file);
  const Result<void>& result() const { return result_; }
  std::size_t files() const { return files_; }
  std::size_t bytes() const { return bytes_; }

 private:
  std::string directory_;
  std::string last_parent_;  // was made already
  Result<void> result_;
  std::size_t files_ = 0, bytes_ = 0;
};

}  // namespace stepreg::generate
