#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "diary/csv.h"

namespace selvedge::app {

/// The whole file, or why it can't be read. Of one that is larger than Selvedge takes, or that never ends, no more than
/// it needs to see that: one byte beyond `most`. "-" is what is piped in.
[[nodiscard]] core::Result<std::string> ReadFile(const std::string& path, std::size_t most = diary::kLargestFile);

/// Who may read a file that is written: whom the machine's own settings let, or its owner alone.
enum class Readers { kUsual, kOwner };

/// Replaces the file at once: whoever looks finds the old one or the new one, never a part. On failure the old one
/// stays.
[[nodiscard]] core::Result<void> WriteFile(const std::string& path, std::string_view text,
                                           Readers readers = Readers::kUsual);

/// A long result that grows piece by piece, perhaps over several runs, and has its name only once it is whole: until
/// then it is called NAME.unfinished.
class GrowingFile {
 public:
  /// Takes up what an earlier run left, cut to so many bytes; 0 begins anew.
  /// @error  it can't be written, or has fewer bytes.
  [[nodiscard]] static core::Result<GrowingFile> Open(const std::string& path, std::uint64_t bytes);

  [[nodiscard]] core::Result<void> Append(std::string_view text);
  /// When it returns, everything appended is on the disk.
  [[nodiscard]] core::Result<void> Sync();
  /// Nothing more is appended: gives it its name.
  [[nodiscard]] core::Result<void> Finish();
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::uint64_t bytes_ = 0;
};

}  // namespace selvedge::app
