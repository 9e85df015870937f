// Opening a project for a question about one test.
#pragma once

#include <string>

#include "load/project.h"

namespace stepreg::query {

// Opens a project that was found with no more than the test needs (open_partially), when the
// id leads to one sound test. False: nothing was reported, and load::open_project() has to answer.
bool open_for_test(load::Project& project, const std::string& id, const Sink& like);

}  // namespace stepreg::query
