// What the names of steps tell about set-up and cleanup. A name is read by its parts between
// hyphens; nothing is guessed from parts of words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stepreg::rules {

// Installs, provisions, creates, registers or claims something.
bool makes(std::string_view name);
// Deprovisions, destroys, deletes, deregisters, unregisters or uninstalls something.
bool undoes(std::string_view name);
// Deprovisions or destroys: afterwards there is no cluster to look at.
bool destroys(std::string_view name);

// The first part; steps of one product share it.
std::string_view family(std::string_view name);

// The names that differ in one part only, which makes a pair such as `create` and `delete`.
std::vector<std::string> counterparts_of(std::string_view making);
bool is_counterpart(std::string_view making, std::string_view undoing);

}  // namespace stepreg::rules
