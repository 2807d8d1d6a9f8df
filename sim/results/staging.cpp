#include "sim/results/staging.hpp"

#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "sim/results/files.hpp"

namespace steppe {
namespace fs = std::filesystem;
namespace {

/// Start of the names of all temporary folders of a target; hidden, so that `runs/*` skips them.
std::string part_prefix(const fs::path& target) {
  return "." + target.filename().string() + ".part-";
}

/// Opens a folder and takes its lock; -1 when it is gone or somebody else's.
int lock_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return -1;
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  ::close(descriptor);
  return -1;
}

bool is_there(const fs::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

}  // namespace

StagingFolder::StagingFolder(fs::path target) : target_(std::move(target)) {
  try {
    make_parents();
    remove_abandoned();
    make_folder();
  } catch (...) {
    std::error_code ignored;
    for (auto parent = made_parents_.rbegin(); parent != made_parents_.rend(); ++parent) {
      fs::remove(*parent, ignored);
    }
    throw;
  }
}

StagingFolder::~StagingFolder() {
  std::error_code ignored;
  if (!published_) {
    fs::remove_all(path_, ignored);
    for (auto parent = made_parents_.rbegin(); parent != made_parents_.rend(); ++parent) {
      fs::remove(*parent, ignored);  // only when empty
    }
  }
  if (lock_ >= 0) ::close(lock_);
}

void StagingFolder::make_parents() {
  fs::path current;
  for (const fs::path& part : target_.parent_path()) {
    current /= part;
    if (::mkdir(current.c_str(), 0777) == 0) {
      made_parents_.push_back(current);
      continue;
    }
    const int error = errno;
    std::error_code ignored;
    if (!fs::is_directory(current, ignored)) {
      throw_write_error(current, error == EEXIST ? ENOTDIR : error);
    }
  }
}

void StagingFolder::remove_abandoned() const {
  const std::string prefix = part_prefix(target_);
  const fs::path parent = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
  std::error_code ignored;
  std::vector<fs::path> abandoned;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    if (entry.path().filename().string().rfind(prefix, 0) == 0) abandoned.push_back(entry.path());
  }
  for (const fs::path& folder : abandoned) {
    const int lock = lock_folder(folder);
    if (lock < 0) continue;  // being written
    fs::remove_all(folder, ignored);
    ::close(lock);
  }
}

void StagingFolder::make_folder() {
  for (int number = 0;; ++number) {
    path_ =
        target_.parent_path() / fmt::format("{}{}-{}", part_prefix(target_), ::getpid(), number);
    if (::mkdir(path_.c_str(), 0777) != 0) {
      if (errno == EEXIST) continue;
      throw_write_error(target_, errno);
    }
    lock_ = lock_folder(path_);
    // Another process may have taken the new folder for an abandoned one before it was locked.
    // Where the file system has no locks nobody can, and the folder is simply used.
    if (is_there(path_)) return;
    if (lock_ >= 0) ::close(std::exchange(lock_, -1));
  }
}

void StagingFolder::publish() {
  fs::path aside;
  std::error_code ignored;
  if (is_there(target_) && !fs::is_empty(target_, ignored)) {
    aside = path_;
    aside += ".old";
    if (::rename(target_.c_str(), aside.c_str()) != 0) throw_write_error(target_, errno);
  }
  if (::rename(path_.c_str(), target_.c_str()) != 0) {
    const int error = errno;
    if (!aside.empty()) ::rename(aside.c_str(), target_.c_str());
    throw_write_error(target_, error);
  }
  published_ = true;
  if (!aside.empty()) fs::remove_all(aside, ignored);
}

}  // namespace steppe
