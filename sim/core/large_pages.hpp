#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace steppe {

/// Allocator for arrays that are accessed at random: asks the kernel for pages of 2 MB, since with
/// pages of 4 KB nearly every access to an array of hundreds of megabytes also misses the table of
/// pages. Where the kernel has none to give, the memory is the ordinary kind.
template <class T>
struct LargePages {
  using value_type = T;
  static constexpr std::size_t kPage = std::size_t{1} << 21;

  LargePages() = default;
  template <class U>
  LargePages(const LargePages<U>& /*other*/) {}

  [[nodiscard]] T* allocate(std::size_t n) {
    std::size_t bytes = n * sizeof(T);
    if (bytes < kPage) {
      if (void* p = std::malloc(bytes)) return static_cast<T*>(p);
      throw std::bad_alloc();
    }
    bytes = (bytes + kPage - 1) / kPage * kPage;
    void* p = std::aligned_alloc(kPage, bytes);
    if (p == nullptr) throw std::bad_alloc();
#if defined(__linux__)
    madvise(p, bytes, MADV_HUGEPAGE);
#endif
    return static_cast<T*>(p);
  }
  void deallocate(T* p, std::size_t /*n*/) { std::free(p); }
  template <class U>
  bool operator==(const LargePages<U>& /*other*/) const {
    return true;
  }
};

}  // namespace steppe
