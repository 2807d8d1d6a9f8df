#include "sim/report/html.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace steppe::report_detail {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Length of the UTF-8 character at the start of the text, 0 when there is none (RFC 3629).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first < 0xE0   ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned char second = byte(1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool outside = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
  return overlong || outside ? 0 : length;
}

template <class Emit>
void each_character(std::string_view text, const Emit& emit) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    emit(length == 0 ? kReplacement : text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
}

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  each_character(text, [&](std::string_view character) {
    const auto c = static_cast<unsigned char>(character.front());
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\'') {
      out += "&#39;";
    } else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      out += kReplacement;
    } else {
      out += character;
    }
  });
  return out;
}

std::string escape(const Text& text) {
  if (text.lang.empty()) return escape(text.text);
  return "<span lang=\"" + escape(text.lang) + "\">" + escape(text.text) + "</span>";
}

std::string escape_marked(const Text& text) {
  std::string out;
  std::string_view rest = text.text;
  while (!rest.empty()) {
    const std::size_t open = rest.find('`');
    const std::size_t close = open == std::string_view::npos ? open : rest.find('`', open + 1);
    if (close == std::string_view::npos) break;
    out += escape(rest.substr(0, open));
    out += "<code>" + escape(rest.substr(open + 1, close - open - 1)) + "</code>";
    rest.remove_prefix(close + 1);
  }
  out += escape(rest);
  return text.lang.empty() ? out : "<span lang=\"" + escape(text.lang) + "\">" + out + "</span>";
}

std::string json_for_script(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

std::string web_link(std::string_view address, const Text& shown) {
  const bool web = address.substr(0, 8) == "https://" || address.substr(0, 7) == "http://";
  if (!web) return escape(shown);
  return "<a rel=\"noreferrer\" href=\"" + escape(address) + "\">" + escape(shown) + "</a>";
}

std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto nibble = [](char c) {
    return static_cast<std::uint32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  };
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 6) {
    std::uint32_t bits = 0;
    const std::size_t digits = std::min<std::size_t>(6, hex.size() - i);
    for (std::size_t j = 0; j < 6; ++j) bits = bits << 4 | (j < digits ? nibble(hex[i + j]) : 0U);
    const std::size_t sextets = digits / 2 + 1;
    for (std::size_t j = 0; j < 4; ++j) {
      out += j < sextets ? kDigits[bits >> (18 - 6 * j) & 0x3F] : '=';
    }
  }
  return out;
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  each_character(text, [&](std::string_view character) { out += character; });
  return out;
}

std::string coordinate(double value) {
  std::array<char, 32> text{};
  auto* const end = text.data() + text.size();
  return {text.data(), std::to_chars(text.data(), end, value, std::chars_format::fixed, 1).ptr};
}

}  // namespace steppe::report_detail
