// SR0: files and YAML.
#pragma once

#include "diag/rule.h"

namespace stepreg {

inline constexpr RuleInfo kYamlRules[] = {
    {"SR001", "directory-unreadable", kRefused, "a directory cannot be listed",
     "Nothing below it was checked. Mend the permissions or exclude the directory (R001).",
     "chmod 000 step-registry/a", "chmod 755 step-registry/a"},
    {"SR002", "file-unreadable", kRefused, "a file cannot be read",
     "A broken link, a link to a directory, a missing permission. Every file of the tree is read, "
     "whatever its name, so this ends ci-operator's load (R004).",
     "ln -s nowhere a-b-commands.sh", "ln -s ../c/a-c-commands.sh a-b-commands.sh"},
    {"SR003", "gzip-corrupt", kRefused, "a file starts like gzip but cannot be decompressed",
     "Files that begin with the bytes 1F 8B are decompressed before they are read (R005).",
     "printf '\\x1f\\x8b\\x00' > a-b-ref.yaml", "gzip -c plain.yaml > a-b-ref.yaml"},
    {"SR004", "file-too-large", kBeyondError, "a file is larger than anything that belongs here",
     "Component and configuration files of real trees stay below 1 MB. Larger files are not read, "
     "so that one stray file cannot exhaust the memory of the tool.",
     "cp must-gather.tar a-b-ref.yaml", "keep data outside of the registry"},
    {"SR005", "link-outside", kBeyondWarning, "a symbolic link leads out of the tree",
     "It works only on machines where the target exists at the same place.",
     "ln -s /home/me/run.sh a-b-commands.sh", "ln -s ../c/a-c-commands.sh a-b-commands.sh"},
    {"SR010", "yaml-syntax", kRefused, "the text is not YAML",
     "The file cannot be read at all; what it defines is missing for everything that names it "
     "(R030).",
     "ref:\n\tas: a", "ref:\n  as: a"},
    {"SR011", "yaml-encoding", kRefused,
     "the text is not UTF-8 or UTF-16, or has control characters", "Save the file as UTF-8 (R030).",
     "printf 'ref: {as: \\xff}'", "ref: {as: a}"},
    {"SR012", "yaml-nesting", kRefused, "the text is nested deeper than any real file",
     "Collections may be nested 100 deep; real files reach about 10. The limit keeps a "
     "hostile file from exhausting the stack.",
     "[[[[[[[[...]]]]]]]]", "as: a"},
    {"SR013", "yaml-alias-expansion", kRefused, "aliases expand out of proportion",
     "A few lines of aliases of aliases can stand for billions of nodes. Such a file is refused "
     "(R038).",
     "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]  # ... and so on", "c: [x, x, x, x]"},
    {"SR014", "yaml-several-documents", kBeyondError, "a file has more than one document",
     "Only the first document of a file is read; ci-operator ignores the rest without a word.",
     "ref: {as: a}\n---\nref: {as: b}", "ref: {as: a}"},
    {"SR015", "duplicate-key", kRefused, "a key stands twice in a mapping",
     "Registry files are read strictly. Keys are compared by their value: `yes` and `true` are the "
     "same key (R031).",
     "ref:\n  as: a\n  as: b", "ref:\n  as: a"},
    {"SR016", "config-duplicate-key", kBeyondWarning, "a key stands twice in a configuration file",
     "The last one wins silently in most tools of the field; a strict reader refuses it (R031).",
     "tests:\n- as: a\n  as: b", "tests:\n- as: b"},
    {"SR017", "merge-key-repeated", kRefused, "a key is set both by `<<` and directly",
     "Strict readers refuse it; say the value once (R036).", "{<<: {from: b}, from: c}",
     "{from: c}"},
    {"SR018", "key-not-text", kRefused, "a mapping key is null, a list or a mapping",
     "Keys are texts, numbers or booleans (R034).", "ref: {~: c}", "ref: {commands: c}"},
};

}  // namespace stepreg
