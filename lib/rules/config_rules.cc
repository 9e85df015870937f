#include "rules/config_rules.h"

#include "rules/config_parts.h"

namespace stepreg::rules {

void check_config(const ConfigCheck& file) {
  if (!file.loaded.document) return;  // the parser said why
  check_build_settings(file);
  check_images(file);
  check_imported_images(file);
  check_image_names(file);
  check_releases(file);
  check_promotion(file);
  check_operator(file);
  check_test_names_unique(file);
  for (std::size_t i = 0; i < file.config().tests.size(); ++i) {
    const TestCheck test(file, i);
    check_test_name(test);
    check_test_schedule(test);
    check_test_conditions(test);
    check_test_report(test);
    check_test_type(test);
    check_test_claim(test);
    check_test_secrets(test);
    check_test_shards(test);
    check_literal_images(test);
  }
  check_patterns(file);
}

}  // namespace stepreg::rules
