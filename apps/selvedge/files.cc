#include "files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace selvedge::app {
namespace {

/// After the name of a growing file.
constexpr const char* kUnfinished = ".unfinished";

struct Close {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using File = std::unique_ptr<std::FILE, Close>;

std::unexpected<core::Error> Trouble(const std::string& what, std::string remedy) {
  return std::unexpected(core::Error{.code = core::ErrorCode::kRefused,
                                     .message = what + ": " + std::strerror(errno) + ".",
                                     .remedy = std::move(remedy),
                                     .place = {}});
}

std::unexpected<core::Error> CannotWrite() {
  return Trouble("The file can't be written",
                 "Check that the folder exists, that you may write there, and that the disk has room.");
}

/// Holds back what would end the program, such as Ctrl-C, until a result is written whole: a moment.
class EndingsHeldBack {
 public:
  EndingsHeldBack() {
    sigset_t endings;
    sigemptyset(&endings);
    for (const int ending : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&endings, ending);
    pthread_sigmask(SIG_BLOCK, &endings, &before_);
  }
  EndingsHeldBack(const EndingsHeldBack&) = delete;
  EndingsHeldBack& operator=(const EndingsHeldBack&) = delete;
  ~EndingsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

core::Result<std::string> ReadFile(const std::string& path, std::size_t most) {
  if (path == "-") return ReadFile("/dev/stdin", most);
  struct stat status{};
  if (stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    return Trouble("This can't be read", "Give a file, not a folder.");
  }
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return Trouble("The file can't be opened", "Check the name, and that you may read the file.");
  std::string text;
  constexpr std::size_t kPiece = std::size_t{1} << 20U;
  while (text.size() <= most) {
    const std::size_t before = text.size();
    const std::size_t piece = std::min(kPiece, most + 1 - before);
    text.resize(before + piece);
    const std::size_t count = std::fread(text.data() + before, 1, piece, file.get());
    text.resize(before + count);
    if (count < piece) break;
  }
  if (std::ferror(file.get()) != 0)
    return Trouble("The file can't be read to its end", "Try again, or copy the file first.");
  return text;
}

core::Result<void> WriteFile(const std::string& path, std::string_view text, Readers readers) {
  // Into a new file beside the old one, then renamed over it. What is not a plain file (a terminal, /dev/stdout) is
  // written to directly.
  struct stat status{};
  const bool in_place = stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
  std::string draft = in_place ? path : path + ".part." + std::to_string(getpid());
  std::optional<EndingsHeldBack> held_back;
  if (!in_place) held_back.emplace();
  {
    File file(std::fopen(draft.c_str(), "wb"));
    if (!file) return CannotWrite();
    constexpr mode_t kOwnerAlone = S_IRUSR | S_IWUSR;
    const bool is_private = in_place || readers == Readers::kUsual || fchmod(fileno(file.get()), kOwnerAlone) == 0;
    const bool written = is_private && std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                         std::fflush(file.get()) == 0 && (in_place || fsync(fileno(file.get())) == 0);
    if (!written) {
      auto trouble = CannotWrite();
      if (!in_place) static_cast<void>(std::remove(draft.c_str()));
      return trouble;
    }
  }
  if (!in_place && std::rename(draft.c_str(), path.c_str()) != 0) {
    auto trouble = CannotWrite();
    static_cast<void>(std::remove(draft.c_str()));
    return trouble;
  }
  return {};
}

core::Result<GrowingFile> GrowingFile::Open(const std::string& path, std::uint64_t bytes) {
  const std::string unfinished = path + kUnfinished;
  struct stat status{};
  // Stopped between its last two steps, it has its name already.
  if (bytes > 0 && stat(unfinished.c_str(), &status) != 0) {
    static_cast<void>(std::rename(path.c_str(), unfinished.c_str()));
  }
  GrowingFile growing;
  growing.path_ = path;
  growing.file_.reset(std::fopen(unfinished.c_str(), bytes == 0 ? "wb" : "rb+"));
  if (!growing.file_) return CannotWrite();
  const int descriptor = fileno(growing.file_.get());
  if (fstat(descriptor, &status) != 0 || static_cast<std::uint64_t>(status.st_size) < bytes) {
    return std::unexpected(core::Error{.code = core::ErrorCode::kRefused,
                                       .message = "The file is shorter than it was when it was stopped.",
                                       .remedy = "Delete the folder and simulate anew.",
                                       .place = {}});
  }
  if (ftruncate(descriptor, static_cast<off_t>(bytes)) != 0 || std::fseek(growing.file_.get(), 0, SEEK_END) != 0) {
    return CannotWrite();
  }
  growing.bytes_ = bytes;
  return growing;
}

core::Result<void> GrowingFile::Append(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    return CannotWrite();
  }
  bytes_ += text.size();
  return {};
}

core::Result<void> GrowingFile::Sync() {
  if (std::fflush(file_.get()) != 0 || fsync(fileno(file_.get())) != 0) {
    return CannotWrite();
  }
  return {};
}

core::Result<void> GrowingFile::Finish() {
  SELVEDGE_TRY_VOID(Sync());
  file_.reset();
  return std::rename((path_ + kUnfinished).c_str(), path_.c_str()) == 0 ? core::Result<void>() : CannotWrite();
}

}  // namespace selvedge::app
