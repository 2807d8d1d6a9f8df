#include "sim/results/files.hpp"

#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "sim/core/error.hpp"

namespace steppe {
namespace {

constexpr std::size_t kBufferBytes = 1 << 18;

[[noreturn]] void throw_read_error(const std::filesystem::path& file, int error) {
  throw IoError(fmt::format("cannot read '{}': {}; check that it is there and may be read",
                            file.string(), std::strerror(error)));
}

}  // namespace

void throw_write_error(const std::filesystem::path& shown, int error) {
  const char* advice = "choose another folder with -o";
  if (error == ENOSPC || error == EDQUOT) {
    advice = "make room there or choose another folder with -o";
  } else if (error == EACCES || error == EPERM || error == EROFS) {
    advice = "choose a folder you may write to with -o";
  }
  throw IoError(
      fmt::format("cannot write '{}': {}; {}", shown.string(), std::strerror(error), advice));
}

void read_pieces(const std::filesystem::path& file,
                 const std::function<void(std::string_view)>& use) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw_read_error(file, errno);
  std::vector<char> buffer(kBufferBytes);
  ssize_t got = 0;
  while ((got = ::read(descriptor, buffer.data(), buffer.size())) > 0) {
    use({buffer.data(), static_cast<std::size_t>(got)});
  }
  const int error = errno;
  ::close(descriptor);
  if (got < 0) throw_read_error(file, error);
}

std::string read_all(const std::filesystem::path& file) {
  std::string text;
  read_pieces(file, [&](std::string_view piece) { text += piece; });
  return text;
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  try {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) found.push_back(entry.path().lexically_relative(folder));
    }
  } catch (const std::filesystem::filesystem_error& problem) {
    throw_read_error(folder, problem.code().value());
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.generic_string() < b.generic_string(); });
  return found;
}

OutputFile::OutputFile(const std::filesystem::path& file, std::filesystem::path shown)
    : shown_(std::move(shown)), buffer_(kBufferBytes) {
  descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw_write_error(shown_, errno);
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void OutputFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (used_ == buffer_.size()) flush();
    const std::size_t part = std::min(bytes.size(), buffer_.size() - used_);
    std::memcpy(buffer_.data() + used_, bytes.data(), part);
    used_ += part;
    bytes.remove_prefix(part);
  }
}

void OutputFile::flush() {
  std::size_t done = 0;
  while (done < used_) {
    const ssize_t put = ::write(descriptor_, buffer_.data() + done, used_ - done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw_write_error(shown_, errno);
    done += static_cast<std::size_t>(put);
  }
  used_ = 0;
}

void OutputFile::close() {
  flush();
  // Network file systems report a full disk only here.
  if (::close(std::exchange(descriptor_, -1)) != 0) throw_write_error(shown_, errno);
}

}  // namespace steppe
