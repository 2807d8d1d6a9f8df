#include "app/terminal.hpp"

#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace steppe::app {
namespace {

std::atomic<bool> g_interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "the handler must not wait for a lock");

extern "C" void on_interrupt(int) { g_interrupted = true; }

/// `1:05`, `2:03:00`.
std::string span_text(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole >= 3600) {
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  }
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

/// Colours the word behind the place in each first line of a diagnostic.
std::string coloured(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
    const std::string line = text.substr(at, end - at + 1);
    const std::size_t error = line.find(": error: ");
    const std::size_t warning = line.find(": warning: ");
    if (error != std::string::npos) {
      out +=
          "\033[1m" + line.substr(0, error + 2) + "\033[31merror:\033[0m" + line.substr(error + 8);
    } else if (warning != std::string::npos) {
      out += "\033[1m" + line.substr(0, warning + 2) + "\033[35mwarning:\033[0m" +
             line.substr(warning + 10);
    } else {
      out += line;
    }
    at = end + 1;
  }
  return out;
}

}  // namespace

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void tell(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void complain(std::string_view sentence) { tell(fmt::format("steppe: {}\n", sentence)); }

void tell(const Diagnostics& diagnostics) {
  const std::string text = to_text(diagnostics);
  tell(has_colour() && !text.empty() ? coloured(text) : text);
}

bool has_colour() {
  const char* const no_colour = std::getenv("NO_COLOR");
  return (no_colour == nullptr || *no_colour == '\0') && isatty(STDERR_FILENO) != 0;
}

Progress::Progress(bool quiet)
    : quiet_(quiet), terminal_(isatty(STDERR_FILENO) != 0), start_(Time::now()), last_(start_) {}

Progress::~Progress() { clear(); }

void Progress::update(double done, double total, const std::string& text) {
  if (quiet_ || total <= 0.0) return;
  const double part = std::clamp(done / total, 0.0, 1.0);
  const auto now = Time::now();
  const double gone = std::chrono::duration<double>(now - start_).count();
  const auto left = part > 0.0 ? span_text(gone * (1.0 - part) / part) : std::string("?");
  if (!terminal_) {
    const int tenth = static_cast<int>(part * 10.0);
    if (tenth <= last_tenth_) return;
    last_tenth_ = tenth;
    tell(fmt::format("{}: {} % after {}, {} left\n", text, tenth * 10, span_text(gone), left));
    return;
  }
  if (shown_ && part < 1.0 && std::chrono::duration<double>(now - last_).count() < 0.1) return;
  last_ = now;
  shown_ = true;
  tell(fmt::format("\r\033[K{}: {:.0f} %, {} left", text, 100.0 * part, left));
}

void Progress::clear() {
  if (shown_) tell("\r\033[K");
  shown_ = false;
}

const std::atomic<bool>& interrupted() { return g_interrupted; }

void watch_for_interrupts() {
  struct sigaction action = {};
  action.sa_handler = on_interrupt;
  // Once: whoever presses Ctrl-C again wants out now.
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

}  // namespace steppe::app
