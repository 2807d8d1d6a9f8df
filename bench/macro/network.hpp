#pragma once

#include <cstddef>
#include <filesystem>

namespace steppe::bench {

/// Writes an occupational network that a rule makes: `nodes.csv` and `edges.csv` in a folder.
///
/// Each occupation leads to a fifth of the others, by weights that differ tenfold; employment
/// differs a hundredfold and automation between nought and nine tenths. The same size gives the
/// same files on any machine.
/// @throws IoError when the folder cannot be written
void write_network(const std::filesystem::path& folder, std::size_t occupations);

}  // namespace steppe::bench
