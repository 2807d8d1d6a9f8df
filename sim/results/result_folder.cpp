#include "sim/results/result_folder.hpp"

#include <spdlog/fmt/fmt.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "sim/core/error.hpp"
#include "sim/results/host.hpp"
#include "sim/results/sha256.hpp"

namespace steppe {
namespace fs = std::filesystem;

Standing standing(const fs::path& folder, const std::string& hash, const ReadSeal& read) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(folder, error))) return Standing::Absent;
  if (!fs::is_directory(folder, error)) return Standing::Foreign;
  if (fs::is_empty(folder, error)) return Standing::Absent;
  try {
    const Seal seal = read(folder);
    if (seal.hash != hash) return Standing::Foreign;
    for (const FileRecord& file : seal.files) {
      if (fs::file_size(folder / file.path, error) != file.bytes) return Standing::Damaged;
    }
    return seal.complete ? Standing::Whole : Standing::Partial;
  } catch (const IoError&) {
    return Standing::Foreign;
  }
}

ResultFolder::ResultFolder(fs::path target, std::string hash, FolderKind kind, bool force)
    : hash_(std::move(hash)),
      kind_(std::move(kind)),
      force_(force),
      target_(free_place(std::move(target), hash_, kind_, force_)),
      staging_(target_),
      log_(staged("log.jsonl"), shown("log.jsonl")) {}

fs::path ResultFolder::free_place(fs::path target, const std::string& hash, const FolderKind& kind,
                                  bool force) {
  switch (standing(target, hash, kind.read)) {
    case Standing::Absent:
    case Standing::Whole:
    case Standing::Partial:
      break;
    case Standing::Damaged:
      if (force) break;
      throw IoError(
          fmt::format("'{}' holds this {}, but files of it are missing or changed; make it anew "
                      "with --force",
                      target.string(), kind.word));
    case Standing::Foreign:
      throw IoError(
          fmt::format("'{}' stands where this {} belongs and is no {} folder of it; "
                      "move it away or choose another folder with -o",
                      target.string(), kind.word, kind.word));
  }
  return target;
}

void ResultFolder::write_text(const fs::path& file, std::string_view text) const {
  std::error_code error;
  fs::create_directories(staged(file).parent_path(), error);
  if (error) throw_write_error(shown(file), error.value());
  OutputFile out(staged(file), shown(file));
  out.write(text);
  out.close();
}

void ResultFolder::copy_inputs(const std::vector<InputFile>& inputs) const {
  for (const InputFile& input : inputs) {
    const std::string bytes = read_all(input.source);
    if (sha256_of(bytes) != input.sha256) {
      throw IoError(fmt::format("'{}' changed while the {} started; start it again",
                                input.source.string(), kind_.word));
    }
    write_text(fs::path("inputs") / input.inside, bytes);
  }
}

void ResultFolder::log(std::string_view level, std::string_view message) {
  const nlohmann::ordered_json line{{"time", utc_now()}, {"level", level}, {"message", message}};
  log_.write(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  log_.write("\n");
}

std::vector<FileRecord> ResultFolder::close() {
  log("info", "results written");
  log_.close();
  std::vector<FileRecord> records;
  for (const fs::path& file : files_below(staging_.path())) {
    std::error_code error;
    const auto bytes = fs::file_size(staged(file), error);
    records.push_back({file.generic_string(), sha256_of_file(staged(file)), bytes});
  }
  return records;
}

void ResultFolder::publish(std::string_view manifest) {
  write_text("manifest.json", manifest);
  if (!force_ && standing(target_, hash_, kind_.read) == Standing::Whole) return;
  static_cast<void>(free_place(target_, hash_, kind_, force_));  // much may have happened since
  staging_.publish();
}

}  // namespace steppe
