// Components as the text of their files.
#pragma once

#include <string>

#include "generate/components.h"

namespace stepreg::generate {

std::string step_text(const Components& components, const Step& step);
std::string chain_text(const Components& components, const Chain& chain);
std::string workflow_text(const Components& components, const Workflow& workflow);
std::string observer_text(const Components& components, const Observer& observer);
std::string script_text(const Components& components, const Step& step);
std::string observer_script();

}  // namespace stepreg::generate
