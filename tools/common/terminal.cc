#include "common/terminal.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace stepreg::tools {

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void print_error(std::string_view text) {
  std::fflush(stdout);  // both may go to one pipe, where they shall stand in order
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool finish_output() {
  errno = 0;
  const bool failed = std::fflush(stdout) != 0 || std::ferror(stdout) != 0;
  if (!failed || errno == EPIPE) return true;
  std::fprintf(stderr, "cannot write to standard output: %s\n", std::strerror(errno));
  return false;
}

bool environment_has(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool wants_colour(ColourChoice choice, int descriptor) {
  if (choice == ColourChoice::always) return true;
  if (choice == ColourChoice::never || environment_has("NO_COLOR")) return false;
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
  return !dumb && ::isatty(descriptor) == 1;
}

}  // namespace stepreg::tools
