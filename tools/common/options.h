// Options that mean the same in every subcommand that has them.
#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/terminal.h"

namespace stepreg::tools {

// -o/--output FORMAT: one of `formats`; a near miss is answered with a guess.
CLI::Option* add_output_option(CLI::App& command, std::string& format,
                               std::span<const std::string_view> formats);

// --color WHEN: auto, always, never.
CLI::Option* add_colour_option(CLI::App& command, ColourChoice& choice);

// Accepts one of `words`; the message of a refusal lists them and guesses.
CLI::Validator one_of(std::span<const std::string_view> words);

}  // namespace stepreg::tools
