// Declared tables of keys: one row per field of every object that is read. The decoder is driven by
// them, and the JSON Schemas in schemas/ are written from them.
//
//   template <> const ObjectSpec& spec_of<StepDependency>() {
//     static constexpr FieldSpec kFields[] = {
//         field<&StepDependency::name>("name", "image, `tag` or `stream:tag`", kRequired),
//         ...
//     };
//     static constexpr ObjectSpec kSpec{"dependency", "An image ...", kFields};
//     return kSpec;
//   }
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/value.h"
#include "yaml/document.h"

namespace stepreg::decode {

class Decoder;
struct ObjectSpec;

enum class Type : std::uint8_t { text, flag, integer, duration, limit, list, map, object };

// The type of a field, for the schemas.
struct TypeSpec {
  Type type;
  const TypeSpec* element = nullptr;        // of lists and maps
  const ObjectSpec& (*object)() = nullptr;  // of objects
};

using FieldFlags = std::uint8_t;
inline constexpr FieldFlags kRequired = 1;    // for the schema; rules say it in their own words
inline constexpr FieldFlags kExact = 2;       // unquoted numbers are refused here and below (3.1.3)
inline constexpr FieldFlags kExtension = 4;   // understood by stepreg only
inline constexpr FieldFlags kOldForm = 8;     // a form of older trees
inline constexpr FieldFlags kAsWritten = 32;  // our own words: `off` is no boolean
inline constexpr FieldFlags kUnsigned = 16;   // an integer that is not negative

struct FieldSpec {
  std::string_view name;
  std::string_view doc;  // one line, for hover texts
  FieldFlags flags;
  TypeSpec type;
  void (*read)(Decoder& decoder, yaml::NodeId node, void* object);
  std::string_view values = {};  // the allowed texts, separated by `|`; for the schema
};

struct ObjectSpec {
  std::string_view name;
  std::string_view doc;
  std::span<const FieldSpec> fields;
  // Fields of an embedded object stand directly in this one. Inside of it numbers are not converted
  // to text: an artefact of ci-operator's library (registry.md 3.1.3).
  const ObjectSpec& (*embedded)() = nullptr;
  void* (*embedded_in)(void* object) = nullptr;
  // Told of every embedded field that is present, with the place of its key.
  void (*note_embedded)(void* object, Text key) = nullptr;
  // Fields that existed once.
  struct Removed {
    std::string_view name;
    std::string_view advice;  // "removed in 2021; write ..."
  };
  std::span<const Removed> removed = {};
};

template <class T>
const ObjectSpec& spec_of();

}  // namespace stepreg::decode
