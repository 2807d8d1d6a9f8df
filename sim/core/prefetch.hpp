#pragma once

namespace steppe {

/// Asks the memory for a record of at most one cache line that will be read soon. Records are
/// packed, so one may stand across two lines.
template <class T>
void prefetch_record(const T* at) {
  __builtin_prefetch(at);
  __builtin_prefetch(reinterpret_cast<const char*>(at) + sizeof(T) - 1);
}

}  // namespace steppe
