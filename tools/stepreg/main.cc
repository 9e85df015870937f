#include <cstdio>

int main() {
  std::puts("stepreg " STEPREG_VERSION);
  return 0;
}
