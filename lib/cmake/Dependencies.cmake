# Every outside package in one place; the installed package config includes this file as well.
find_package(Threads REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
# One function of it is used: as a shared library it takes longer to load than all the others.
set(OPENSSL_USE_STATIC_LIBS TRUE)
find_package(OpenSSL QUIET COMPONENTS Crypto)
if(NOT OPENSSL_FOUND)
  set(OPENSSL_USE_STATIC_LIBS FALSE)
  find_package(OpenSSL REQUIRED COMPONENTS Crypto)
endif()
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
# These have no CMake config on Debian 12.
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(LIBYAML REQUIRED IMPORTED_TARGET yaml-0.1)

# The target is called plain `yaml-cpp` before 0.8.
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp INTERFACE IMPORTED)
  target_link_libraries(yaml-cpp::yaml-cpp INTERFACE yaml-cpp)
endif()
