#include "base/result.h"

#include <cerrno>
#include <cstring>

namespace stepreg {

namespace {

Error::Code code_of(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return Error::Code::not_found;
    case EACCES:
    case EPERM:
    case EROFS:
      return Error::Code::denied;
    case ENOSPC:
    case EDQUOT:
      return Error::Code::no_space;
    case EAGAIN:
    case EBUSY:
      return Error::Code::busy;
    default:
      return Error::Code::failed;
  }
}

}  // namespace

Error system_error(const std::string& path, const char* action, int error_number) {
  return {code_of(error_number), path + ": cannot " + action + ": " + std::strerror(error_number)};
}

}  // namespace stepreg
