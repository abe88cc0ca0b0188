#include "open_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "exit_codes.h"
#include "files.h"
#include "passphrase.h"
#include "sodium/sodium_primitives.h"
#include "terminal.h"
#include "vault/export.h"
#include "vault/plain.h"

namespace selvedge::app {
namespace {

using vault::Entry;

/// Where the passphrase lies, if it need not be asked for.
std::string PassphraseFile(const OpenCommand& command) {
  if (!command.passphrase_file.empty()) return command.passphrase_file;
  const char* const named = std::getenv("SELVEDGE_PASSPHRASE_FILE");
  return named == nullptr ? "" : named;
}

core::Result<std::vector<Entry>> Open(const OpenCommand& command, vault::View secret, vault::View file) {
  const std::unique_ptr<vault::Primitives> sodium = sodium::NewPrimitives();
  if (command.with_recovery_code) return OpenExportWithRecoveryCode(*sodium, vault::TextOf(secret), file);
  return OpenExportWithPassphrase(*sodium, secret, file);
}

core::Result<std::string> TextFor(const OpenCommand& command, std::vector<Entry> entries) {
  if (command.kind == vault::Kind::kCheckins) return CheckinsCsv(entries, command.name);
  if (command.kind) std::erase_if(entries, [&](const Entry& entry) { return entry.kind != *command.kind; });
  return vault::EntriesJson(entries).Dump(1) + "\n";
}

}  // namespace

int RunOpen(const OpenCommand& command) {
  const auto refuse = [](const std::string& file, const core::Error& error) {
    PrintRefusal(file, error);
    return kRefused;
  };
  const core::Result<std::string> file = ReadFile(command.file);
  if (!file) return refuse(command.file, file.error());
  const std::string secret_file = PassphraseFile(command);
  const core::Result<vault::SecretBytes> secret = !secret_file.empty() ? SecretFrom(secret_file)
                                                  : command.with_recovery_code
                                                      ? AskForSecret("Recovery code (it is not shown): ")
                                                      : AskForSecret("Passphrase (it is not shown): ");
  if (!secret) return refuse(secret_file.empty() ? command.file : secret_file, secret.error());
  const core::Result<std::vector<Entry>> entries = Open(command, *secret, vault::ViewOf(*file));
  if (!entries) return refuse(command.file, entries.error());
  const core::Result<std::string> text = TextFor(command, *entries);
  if (!text) return refuse(command.file, text.error());
  if (command.out_file.empty()) {
    fmt::print("{}", *text);
  } else if (const auto written = WriteFile(command.out_file, *text, Readers::kOwner); !written) {
    PrintWriteFailure(command.out_file, written.error());
    return kCannotWrite;
  }
  return kDone;
}

}  // namespace selvedge::app
