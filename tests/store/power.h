#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/random.h"

/// A disk in memory that SQLite writes to, whose power can be cut at any moment.
///
/// What was written is certain to be there after a cut only when it was synced since; of the rest each write may be
/// there, be missing, or be there in part (any sectors of it, and of one sector any beginning), whatever became of the
/// writes before and after it. A new file's name is certain once the file was synced. Bytes outside a write are not
/// harmed by it.
namespace selvedge::store::testing {

class Disk {
 public:
  Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  ~Disk();

  /// The name SQLite knows it by.
  [[nodiscard]] const std::string& vfs() const { return name_; }

  /// Lets this many changes (writes, truncations, syncs, new and deleted files) happen; the power is cut during the
  /// next.
  void CutAfter(std::int64_t changes) { left_ = changes; }
  [[nodiscard]] bool off() const { return off_; }

  /// What is on the disk when the power is back.
  void Restart(core::RandomStream& random);

  enum class Fault {
    kFull,   ///< a write finds no room, and has written a part
    kWrite,  ///< a write fails
    kSync,   ///< a sync fails, and of what it should have kept some is lost for good, though it can still be read
  };
  /// Lets this many changes happen, then fails `times` times at what the fault is about.
  void FailAfter(std::int64_t changes, Fault fault, int times, core::RandomStream& random);
  [[nodiscard]] bool failed() const { return failures_ > 0; }

  /// Writes and truncations, syncs and deletions so far.
  [[nodiscard]] std::int64_t changes() const { return changes_; }

  // The disk as SQLite's file system uses it. Each returns one of SQLite's codes.
  struct File;
  int Open(const std::string& name, int flags, std::shared_ptr<File>& file);
  int Delete(const std::string& name, bool sync);
  [[nodiscard]] bool Exists(const std::string& name) const { return names_.contains(name); }
  int Write(File& file, const void* bytes, std::size_t size, std::size_t offset);
  int Truncate(File& file, std::size_t size);
  int Sync(File& file);

 private:
  /// Counts a change; false when the power is, or goes, off.
  bool HasPower();
  /// Does the fault happen now?
  bool Fails(Fault fault);

  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  std::map<std::string, std::shared_ptr<File>> names_;          // now
  std::map<std::string, std::shared_ptr<File>> durable_names_;  // for certain after a cut
  std::int64_t changes_ = 0;
  std::int64_t left_ = -1;
  bool off_ = false;
  Fault fault_ = Fault::kFull;
  std::int64_t fault_after_ = 0;
  int faults_left_ = 0;
  int failures_ = 0;
  core::RandomStream* random_ = nullptr;
};

}  // namespace selvedge::store::testing
