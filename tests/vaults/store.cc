#include "vaults/store.h"

#include <cstdint>

#include "vault/record.h"

namespace selvedge::vault {
namespace {

/// Of a head, without its owner's key: the store looks, it does not check.
Epoch EpochOfHead(View head) {
  Epoch epoch;
  Reader reader(head);
  reader.Take(kPrefixSize);
  reader.Take(epoch.stream).Number(epoch.number);
  return epoch;
}

}  // namespace

void Store::Take(const AccountId& from, const Upload& upload) {
  StoredAccount& account = accounts_[from];
  if (upload.keyring) account.keyring = *upload.keyring;
  for (const Bytes& blob : upload.heads) {
    const Epoch epoch = EpochOfHead(blob);
    StoredStream& stream = account.streams[epoch.stream];
    if (!stream.head.empty() && epoch.number > EpochOfHead(stream.head).number) stream.records.clear();
    stream.head = blob;
  }
  for (const Bytes& blob : upload.records) {
    account.streams[ReadRecordHeader(blob)->epoch.stream].records.push_back(blob);
  }
  for (const StreamId& stream : upload.dropped) account.streams.erase(stream);
  for (const EnvelopeId& id : upload.withdrawn) {
    for (auto& [whose, mailbox] : mailboxes_) mailbox.erase(id);
  }
  for (const Upload::Posted& posted : upload.posted) mailboxes_[posted.to].insert_or_assign(posted.id, posted.envelope);
  if (upload.invite) invites_.insert_or_assign(upload.invite->id, upload.invite->row);
  if (upload.answered) invites_.erase(*upload.answered);
}

const StoredStream* Store::Find(const StreamId& stream) const {
  for (const auto& [whose, account] : accounts_) {
    const auto found = account.streams.find(stream);
    if (found != account.streams.end()) return &found->second;
  }
  return nullptr;
}

}  // namespace selvedge::vault
