#include "store/power.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace selvedge::store::testing {
namespace {

constexpr std::size_t kSector = 512;

struct Change {
  bool truncates = false;
  std::size_t offset = 0;  // of the bytes, or the new size
  std::vector<std::uint8_t> bytes;
};

void Apply(const Change& change, std::vector<std::uint8_t>& content) {
  if (change.truncates) {
    content.resize(std::min(content.size(), change.offset));
    return;
  }
  content.resize(std::max(content.size(), change.offset + change.bytes.size()));
  std::ranges::copy(change.bytes, content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

/// A part of a write: some of its sectors, and perhaps only the beginning of one.
void ApplyPart(const Change& change, std::vector<std::uint8_t>& content, core::RandomStream& random) {
  for (std::size_t at = 0; at < change.bytes.size(); at += kSector) {
    const double chance = random.Uniform();
    if (chance < 0.4) continue;
    std::size_t size = std::min(kSector, change.bytes.size() - at);
    if (chance < 0.6) size = static_cast<std::size_t>(static_cast<double>(size) * random.Uniform());
    const auto from = change.bytes.begin() + static_cast<std::ptrdiff_t>(at);
    Apply({.offset = change.offset + at, .bytes = {from, from + static_cast<std::ptrdiff_t>(size)}}, content);
  }
}

/// What has become of changes that nobody synced.
void ApplySome(const std::vector<Change>& changes, std::vector<std::uint8_t>& content, core::RandomStream& random) {
  // Often everything or nothing of it has reached the disk; cuts of the first kinds find what the others hide.
  const double kind = random.Uniform();
  for (const Change& change : changes) {
    const double chance = kind < 0.2 ? 0.0 : kind < 0.4 ? 0.5 : random.Uniform();
    if (chance < 0.35) continue;
    if (chance < 0.65 || change.truncates) {
      Apply(change, content);
    } else {
      ApplyPart(change, content, random);
    }
  }
}

}  // namespace

struct Disk::File {
  bool name_to_sync = false;
  std::vector<std::uint8_t> now;
  std::vector<std::uint8_t> durable;
  std::vector<Change> unsynced;
};

bool Disk::HasPower() {
  if (off_) return false;
  ++changes_;
  if (left_ >= 0 && left_-- == 0) off_ = true;
  return !off_;
}

bool Disk::Fails(Fault fault) {
  if (faults_left_ == 0 || changes_ <= fault_after_ || fault != fault_) return false;
  --faults_left_;
  ++failures_;
  return true;
}

void Disk::FailAfter(std::int64_t changes, Fault fault, int times, core::RandomStream& random) {
  fault_after_ = changes_ + changes;
  fault_ = fault;
  faults_left_ = times;
  failures_ = 0;
  random_ = &random;
}

void Disk::Restart(core::RandomStream& random) {
  // New names and deletions that nobody synced have happened or not.
  for (const auto& [name, file] : names_) {
    if (!durable_names_.contains(name) && random.Uniform() < 0.5) durable_names_[name] = file;
  }
  std::erase_if(durable_names_,
                [&](const auto& entry) { return !names_.contains(entry.first) && random.Uniform() < 0.5; });
  for (const auto& [name, file] : durable_names_) {
    ApplySome(file->unsynced, file->durable, random);
    file->unsynced.clear();
    file->now = file->durable;
  }
  names_ = durable_names_;
  off_ = false;
  left_ = -1;
  faults_left_ = 0;
}

int Disk::Open(const std::string& name, int flags, std::shared_ptr<File>& file) {
  if (off_) return SQLITE_CANTOPEN;
  const auto known = names_.find(name);
  if (known != names_.end()) {
    file = known->second;
    return SQLITE_OK;
  }
  if ((flags & SQLITE_OPEN_CREATE) == 0 || !HasPower()) return SQLITE_CANTOPEN;
  file = std::make_shared<File>();
  file->name_to_sync = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
  names_[name] = file;
  return SQLITE_OK;
}

int Disk::Delete(const std::string& name, bool sync) {
  if (!HasPower()) return SQLITE_IOERR_DELETE;
  if (names_.erase(name) == 0) return SQLITE_IOERR_DELETE_NOENT;
  if (sync) durable_names_ = names_;
  return SQLITE_OK;
}

int Disk::Write(File& file, const void* bytes, std::size_t size, std::size_t offset) {
  if (off_) return SQLITE_IOERR_WRITE;
  const auto* first = static_cast<const std::uint8_t*>(bytes);
  Change change{.offset = offset, .bytes = {first, first + size}};
  if (!HasPower()) {  // while it was under way: it may have reached the disk, or a part of it
    file.unsynced.push_back(std::move(change));
    return SQLITE_IOERR_WRITE;
  }
  if (Fails(Fault::kFull) || Fails(Fault::kWrite)) {
    change.bytes.resize(static_cast<std::size_t>(static_cast<double>(size) * random_->Uniform()));
    Apply(change, file.now);
    file.unsynced.push_back(std::move(change));
    return fault_ == Fault::kFull ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  }
  Apply(change, file.now);
  file.unsynced.push_back(std::move(change));
  return SQLITE_OK;
}

int Disk::Truncate(File& file, std::size_t size) {
  if (!HasPower()) return SQLITE_IOERR_TRUNCATE;
  const Change change{.truncates = true, .offset = size, .bytes = {}};
  Apply(change, file.now);
  file.unsynced.push_back(change);
  return SQLITE_OK;
}

int Disk::Sync(File& file) {
  if (!HasPower()) return SQLITE_IOERR_FSYNC;
  if (Fails(Fault::kSync)) {
    ApplySome(file.unsynced, file.durable, *random_);
    file.unsynced.clear();
    return SQLITE_IOERR_FSYNC;
  }
  // The synced content is what can be read, unless a sync failed before: then what was lost is lost.
  for (const Change& change : file.unsynced) Apply(change, file.durable);
  file.unsynced.clear();
  if (std::exchange(file.name_to_sync, false)) durable_names_ = names_;
  return SQLITE_OK;
}

// ---- as SQLite calls it
// ----------------------------------------------------------------------------------------------

namespace {

struct OpenFile {
  sqlite3_file base;
  Disk* disk;
  std::shared_ptr<Disk::File> file;
};

OpenFile& Of(sqlite3_file* file) { return *static_cast<OpenFile*>(static_cast<void*>(file)); }
Disk& Of(sqlite3_vfs* vfs) { return *static_cast<Disk*>(vfs->pAppData); }

int Close(sqlite3_file* file) {
  std::destroy_at(&Of(file));
  return SQLITE_OK;
}

int ReadFrom(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  const OpenFile& open = Of(file);
  if (open.disk->off()) return SQLITE_IOERR_READ;
  const std::vector<std::uint8_t>& content = open.file->now;
  const std::size_t first = std::min(static_cast<std::size_t>(offset), content.size());
  const std::size_t there = std::min(static_cast<std::size_t>(size), content.size() - first);
  std::memset(to, 0, static_cast<std::size_t>(size));
  if (there > 0) std::memcpy(to, content.data() + first, there);
  return there == static_cast<std::size_t>(size) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int WriteTo(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  const OpenFile& open = Of(file);
  return open.disk->Write(*open.file, bytes, static_cast<std::size_t>(size), static_cast<std::size_t>(offset));
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  return Of(file).disk->Truncate(*Of(file).file, static_cast<std::size_t>(size));
}

int Sync(sqlite3_file* file, int /*flags*/) { return Of(file).disk->Sync(*Of(file).file); }

int SizeOf(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(Of(file).file->now.size());
  return SQLITE_OK;
}

int Lock(sqlite3_file* /*file*/, int /*level*/) { return SQLITE_OK; }

int IsLocked(sqlite3_file* /*file*/, int* locked) {
  *locked = 0;
  return SQLITE_OK;
}

int Control(sqlite3_file* /*file*/, int /*what*/, void* /*argument*/) { return SQLITE_NOTFOUND; }

// As SQLite takes a Unix disk to be.
int SectorSize(sqlite3_file* /*file*/) { return 4'096; }
int Characteristics(sqlite3_file* /*file*/) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

const sqlite3_io_methods kMethods{
    .iVersion = 1,
    .xClose = Close,
    .xRead = ReadFrom,
    .xWrite = WriteTo,
    .xTruncate = Truncate,
    .xSync = Sync,
    .xFileSize = SizeOf,
    .xLock = Lock,
    .xUnlock = Lock,
    .xCheckReservedLock = IsLocked,
    .xFileControl = Control,
    .xSectorSize = SectorSize,
    .xDeviceCharacteristics = Characteristics,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int OpenOn(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  std::shared_ptr<Disk::File> opened;
  const int code = Of(vfs).Open(name == nullptr ? "" : name, flags, opened);
  if (code != SQLITE_OK) return code;
  new (file) OpenFile{.base = {.pMethods = &kMethods}, .disk = &Of(vfs), .file = std::move(opened)};
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int DeleteOn(sqlite3_vfs* vfs, const char* name, int sync) { return Of(vfs).Delete(name, sync != 0); }

int AccessOn(sqlite3_vfs* vfs, const char* name, int /*flags*/, int* result) {
  *result = Of(vfs).Exists(name) ? 1 : 0;
  return SQLITE_OK;
}

int FullPath(sqlite3_vfs* /*vfs*/, const char* name, int size, char* full) {
  sqlite3_snprintf(size, full, "%s", name);
  return SQLITE_OK;
}

}  // namespace

Disk::Disk() {
  static int count = 0;
  name_ = "power-" + std::to_string(++count);
  // The rest (time, sleep, random numbers) is the machine's own.
  vfs_ = std::make_unique<sqlite3_vfs>(*sqlite3_vfs_find(nullptr));
  vfs_->iVersion = 1;
  vfs_->szOsFile = sizeof(OpenFile);
  vfs_->pNext = nullptr;
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->xOpen = OpenOn;
  vfs_->xDelete = DeleteOn;
  vfs_->xAccess = AccessOn;
  vfs_->xFullPathname = FullPath;
  sqlite3_vfs_register(vfs_.get(), 0);
}

Disk::~Disk() { sqlite3_vfs_unregister(vfs_.get()); }

}  // namespace selvedge::store::testing
