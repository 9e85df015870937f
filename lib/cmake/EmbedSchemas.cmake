# The schemas of what the programs write are files; the library carries their text, so that a program
# can print them wherever it is installed. Sets `embedded_schemas`.
file(GLOB schema_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/schemas/*.schema.json)
set(entries "")
foreach(file ${schema_files})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  get_filename_component(name ${file} NAME)
  string(REGEX REPLACE "^stepreg\\.|\\.schema\\.json$" "" name ${name})
  file(READ ${file} text)
  string(JSON title GET "${text}" title)
  string(APPEND entries "    {\"${name}\", R\"schema(${title})schema\", R\"schema(${text})schema\"sv},\n")
endforeach()
set(embedded_schemas ${CMAKE_CURRENT_BINARY_DIR}/embedded_schemas.cc)
file(CONFIGURE OUTPUT ${embedded_schemas} @ONLY CONTENT
"#include \"render/embedded_schemas.h\"

#pragma GCC diagnostic ignored \"-Woverlength-strings\"  // 120 KB; the standard promises 64 KB

using namespace std::string_view_literals;  // with its length, so that no compiler has to count

namespace stepreg::render {

namespace {

constexpr EmbeddedSchema kSchemas[] = {
@entries@};

}  // namespace

std::span<const EmbeddedSchema> embedded_schemas() {
  return kSchemas;
}

}  // namespace stepreg::render
")
