#include "diag/baseline_reader.h"

#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace stepreg {

namespace {

using Json = nlohmann::json;

// Of one mapping. A baseline has four; each key is compared with those before it.
constexpr std::size_t kMaxFields = 16;

// Reads bytes and counts them: the parser's events carry no places of their own.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    if (count_ != nullptr) ++*count_;
    return *this;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  std::size_t* count_;
};

// Depth 1 is the top mapping, 2 the list `findings`, 3 an entry of it. Anything else ends the
// reading, for a baseline has nothing else.
class BaselineHandler : public nlohmann::json_sax<Json> {
 public:
  BaselineHandler(BaselineJson& out, const std::size_t& consumed)
      : out_(out), consumed_(consumed) {}

  bool null() override { return fail("a null, where a text or a number is expected"); }
  bool boolean(bool) override { return fail("a boolean, where a text or a number is expected"); }
  bool number_float(number_float_t, const string_t&) override {
    return fail("a fraction, where a whole number is expected");
  }
  bool number_integer(number_integer_t) override {
    return fail("a negative number, where a count is expected");
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (!inside_mapping()) return fail("a number, where a mapping is expected");
    field().number = value;
    return true;
  }
  bool string(string_t& value) override {
    if (!inside_mapping()) return fail("a text, where a mapping is expected");
    field().text = std::move(value);
    return true;
  }
  bool binary(binary_t&) override { return fail("binary data"); }
  bool start_object(std::size_t) override {
    if (depth_ == 1 || depth_ >= 3) return fail("a mapping, where none is expected");
    ++depth_;
    if (depth_ == 3) out_.entries.emplace_back();
    current().offset = place();
    return true;
  }
  bool end_object() override { return --depth_, true; }
  bool key(string_t& name) override {
    if (current().fields.size() >= kMaxFields) return fail("more keys than a baseline has");
    for (const JsonFields::Field& known : current().fields) {
      if (known.name == name) return fail("the key " + in_quotes(name) + " a second time");
    }
    current().fields.push_back({std::move(name), place(), {}, {}});
    return true;
  }
  bool start_array(std::size_t) override {
    const bool expected = depth_ == 1 && field().name == "findings";
    if (!expected) return fail("a list, where none is expected");
    out_.has_list = true;
    ++depth_;
    return true;
  }
  bool end_array() override { return --depth_, true; }
  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception&) override {
    const std::size_t at = position > 0 ? position - 1 : 0;
    out_.failure = {static_cast<std::uint32_t>(at),
                    token.empty() ? "the text ends too early" : "unexpected " + in_quotes(token)};
    return false;
  }

 private:
  bool inside_mapping() const { return depth_ == 1 || depth_ == 3; }
  JsonFields& current() { return depth_ == 3 ? out_.entries.back() : out_.top; }
  JsonFields::Field& field() {
    current().fields.back().offset = place();
    return current().fields.back();
  }
  std::uint32_t place() const {
    return static_cast<std::uint32_t>(consumed_ > 0 ? consumed_ - 1 : 0);
  }
  bool fail(std::string what) {
    out_.failure = {place(), "found " + std::move(what)};
    return false;
  }

  BaselineJson& out_;
  const std::size_t& consumed_;
  int depth_ = 0;
};

}  // namespace

const JsonFields::Field* JsonFields::find(const std::string& name) const {
  for (const Field& field : fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

BaselineJson read_baseline_json(const SourceFile& file) {
  BaselineJson out;
  std::size_t consumed = 0;
  BaselineHandler handler(out, consumed);
  const std::string_view text = file.text();
  Json::sax_parse(CountingIterator(text.data(), &consumed),
                  CountingIterator(text.data() + text.size(), nullptr), &handler);
  return out;
}

}  // namespace stepreg
