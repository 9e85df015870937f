// Options that mean the same in every subcommand that has them.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
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

// Why `word` is refused: a guess, and the list of what there is.
std::string refused_choice(const std::string& word, const std::vector<std::string>& known);

// Turns a word into the value it stands for; help shows only what the option's text says.
template <class T>
CLI::Validator choice_of(const std::map<std::string, T>& choices) {
  const auto transform = [choices](std::string& word) -> std::string {
    const auto found = choices.find(word);
    if (found != choices.end()) {
      word = std::to_string(static_cast<int>(found->second));
      return {};
    }
    std::vector<std::string> known;
    for (const auto& [name, value] : choices) known.push_back(name);
    return refused_choice(word, known);
  };
  return CLI::Validator(transform, "");
}

// Accepts one of `words`; the message of a refusal lists them and guesses.
CLI::Validator one_of(std::span<const std::string_view> words);

}  // namespace stepreg::tools
