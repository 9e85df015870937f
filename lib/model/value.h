// Values of the user's files together with their places. Texts are views into the document they
// were read from, or into its arena; a model lives no longer than its documents.
//
// As in ci-operator, `null` and "absent" are the same: a value that was not given has no place and
// its type's zero value. (Only an empty list is something else than no list.)
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "source/source_file.h"

namespace stepreg {

template <class T>
struct Located {
  T value{};
  Place place;

  bool present() const { return static_cast<bool>(place); }
  explicit operator bool() const { return present(); }
  const T& operator*() const { return value; }
  T& operator*() { return value; }
  const T* operator->() const { return &value; }
  T* operator->() { return &value; }
};

using Text = Located<std::string_view>;
using Flag = Located<bool>;
using Integer = Located<std::int64_t>;
using DurationValue = Located<Nanoseconds>;

// A list; its place is that of the sequence.
template <class T>
struct Sequence : Located<std::vector<T>> {
  auto begin() const { return this->value.begin(); }
  auto end() const { return this->value.end(); }
  std::size_t size() const { return this->value.size(); }
  bool empty() const { return this->value.empty(); }
  const T& operator[](std::size_t i) const { return this->value[i]; }
};

// A large value that is seldom given; without one it reads as the zero value of its type.
template <class T>
class Boxed {
 public:
  const T& operator*() const { return value_ ? *value_ : zero(); }
  const T* operator->() const { return &**this; }
  T& make() {
    if (!value_) value_ = std::make_unique<T>();
    return *value_;
  }

 private:
  static const T& zero() {
    static const T kZero{};
    return kZero;
  }
  std::unique_ptr<T> value_;
};

using TextList = Sequence<Text>;
template <class T>
using ObjectList = Sequence<Located<T>>;  // a null element is an empty object with a place

// One entry of a mapping with free keys, in the order of the file. Keys are unique: the last of
// several wins.
template <class T>
struct Entry {
  Text key;
  T value;
};
using TextMap = Sequence<Entry<Text>>;  // a null value is present and ""
template <class T>
using ObjectMap = Sequence<Entry<Located<T>>>;

// The entry with that key, or null.
template <class T>
const Entry<T>* find_entry(const Sequence<Entry<T>>& map, std::string_view key) {
  for (const Entry<T>& entry : map) {
    if (*entry.key == key) return &entry;
  }
  return nullptr;
}

inline bool is_true(const Flag& flag) {
  return flag.present() && *flag;
}

}  // namespace stepreg
