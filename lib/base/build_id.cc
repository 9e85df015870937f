#include "base/build_id.h"

#include <elf.h>
#include <link.h>
#include <sys/stat.h>

#include <cstring>
#include <string_view>

#include "base/sha256.h"

namespace stepreg {

namespace {

constexpr std::size_t kNoteAlignment = 4;

std::size_t aligned(std::size_t size) {
  return (size + kNoteAlignment - 1) / kNoteAlignment * kNoteAlignment;
}

// The content of the note with the build id; empty when these notes have none.
std::string_view id_in_notes(std::string_view notes) {
  ElfW(Nhdr) note{};
  while (notes.size() >= sizeof note) {
    std::memcpy(&note, notes.data(), sizeof note);
    notes.remove_prefix(sizeof note);
    const std::size_t name = aligned(note.n_namesz), content = aligned(note.n_descsz);
    if (name + content > notes.size()) return {};
    const bool is_id = note.n_type == NT_GNU_BUILD_ID && notes.starts_with("GNU");
    if (is_id) return notes.substr(name, note.n_descsz);
    notes.remove_prefix(name + content);
  }
  return {};
}

// Called for the program first; 1 ends the search.
int look_at_program(dl_phdr_info* info, std::size_t, void* id) {
  for (std::size_t i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = info->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    const auto* begin = reinterpret_cast<const char*>(info->dlpi_addr + part.p_vaddr);
    const std::string_view found = id_in_notes({begin, part.p_memsz});
    if (!found.empty()) *static_cast<std::string*>(id) = found;
  }
  return 1;
}

}  // namespace

std::string build_id() {
  struct stat info {};
  if (::stat("/proc/self/exe", &info) != 0) return "";
  std::string linked;
  dl_iterate_phdr(look_at_program, &linked);
  return STEPREG_VERSION "-" + sha256_hex(linked) + "-" + std::to_string(info.st_size) + "-" +
         std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec);
}

}  // namespace stepreg
