#include "render/schema.h"

#include <doctest/doctest.h>

#include "base/fs.h"

using namespace stepreg;

TEST_CASE("the schemas in schemas/ are what the decoder's tables say") {
  for (const render::SchemaName& each : render::schema_names()) {
    const std::string path =
        std::string(SOURCE_DIR) + "/schemas/stepreg." + std::string(each.name) + ".schema.json";
    CAPTURE(path);
    const Result<std::string> stored = read_file(path, 1U << 24);
    REQUIRE(stored.has_value());
    // To refresh: stepreg schema NAME > schemas/stepreg.NAME.schema.json
    CHECK(*stored == render::input_schema(each.name));
  }
  CHECK(render::input_schema("nothing").empty());
}
