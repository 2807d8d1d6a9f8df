#pragma once

#include <stdexcept>
#include <string>

namespace steppe {

/// A run that cannot continue. The message is one sentence for a reader: what is wrong, where, and
/// what to do about it. Only programs catch it and turn it into an exit code.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A scenario or an option asks for something impossible (exit code 3).
class ConfigError : public Error {
 public:
  using Error::Error;
};

/// A data table is missing or malformed (exit code 4).
class DataError : public Error {
 public:
  using Error::Error;
};

/// A file could not be read or written (exit code 1).
class IoError : public Error {
 public:
  using Error::Error;
};

/// A model variant met a state it cannot handle, or the accounts do not balance (exit code 1).
class ModelError : public Error {
 public:
  using Error::Error;
};

}  // namespace steppe
