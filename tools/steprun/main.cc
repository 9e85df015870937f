#include <cstdio>

int main() {
  std::puts("steprun " STEPREG_VERSION);
  return 0;
}
