// What is committed in tests/vectors opens, and no altered byte of it does. The other reader does the same without our
// code (reader.py); that the code still writes the same is a test of its own (CMakeLists.txt).

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "core/json.h"
#include "vault/export.h"
#include "vault/keyring.h"
#include "vault/letter.h"
#include "vault/lock.h"
#include "vaults/seeded_primitives.h"

namespace selvedge::vault {
namespace {

using core::Json;

Bytes Unhex(const std::string& hex) {
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

Bytes Field(const Json& one, std::string_view name) { return Unhex(*one.Text(name)); }

template <typename T>
T Fixed(const Json& one, std::string_view name) {
  const Bytes bytes = Field(one, name);
  T value;
  Reader reader(bytes);
  reader.Take(value);
  EXPECT_TRUE(reader.at_end());
  return value;
}

Identity IdentityOf(const Json& one, std::string_view name) {
  const Bytes bytes = Field(one, name);
  Identity identity;
  Reader reader(bytes);
  Take(reader, identity);
  return identity;
}

std::vector<Json> CasesOf(const std::string& format) {
  std::ifstream file(std::string(SELVEDGE_SOURCE_DIR) + "/tests/vectors/" + format + "_v1.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto document = Json::Parse(text);
  EXPECT_TRUE(document.has_value());
  return *document->List("cases");
}

class Vectors : public testing::Test {
 protected:
  /// Each case opens, and with any byte altered, taken away or added it does not.
  static void Check(const std::string& format, const std::function<bool(const Json&, View)>& opens) {
    const std::vector<Json> cases = CasesOf(format);
    ASSERT_FALSE(cases.empty());
    for (const Json& one : cases) {
      const Bytes blob = Field(one, "blob");
      EXPECT_TRUE(opens(one, blob));
      for (std::size_t i = 0; i < blob.size(); ++i) {
        Bytes altered = blob;
        altered[i] ^= static_cast<std::uint8_t>(1U << i % 8);
        ASSERT_FALSE(opens(one, altered)) << format << ", byte " << i;
      }
      EXPECT_FALSE(opens(one, View(blob).first(blob.size() - 1)));
      Bytes longer = blob;
      longer.push_back(0);
      EXPECT_FALSE(opens(one, longer));
      EXPECT_FALSE(opens(one, {}));
    }
  }

  const std::unique_ptr<Primitives> primitives_ = SeededPrimitives(1);
};

TEST_F(Vectors, Records) {
  Check("record", [&](const Json& one, View blob) {
    const auto content = OpenRecord(*primitives_, Fixed<Key>(one, "key"), blob);
    if (!content) return false;
    const auto header = ReadRecordHeader(blob);
    EXPECT_EQ(header->seq, static_cast<std::uint64_t>(*one.Number("seq")));
    EXPECT_EQ(header->id, Fixed<RecordId>(one, "record_id"));
    const auto entry = ReadEntryContent(*content);
    EXPECT_EQ(entry->has_value(), one.Has("body"));
    if (*entry) EXPECT_EQ(TextOf((*entry)->body), *one.Text("body"));
    return true;
  });
}

TEST_F(Vectors, Heads) {
  Check("head", [&](const Json& one, View blob) {
    const auto head = ReadHead(*primitives_, Fixed<SigningKey>(one, "owner"), blob);
    if (!head) return false;
    Chain chain = EmptyChain(*primitives_, head->epoch);
    for (const std::string& record : *one.Texts("records")) chain = Longer(*primitives_, chain, Unhex(record));
    EXPECT_EQ(head->chain, chain);
    return true;
  });
}

TEST_F(Vectors, PassphraseLocks) {
  // Argon2 takes its time, and what it makes of altered parameters is another key: the kek stands in for it here.
  for (const Json& one : CasesOf("passphrase_lock")) {
    const Bytes blob = Field(one, "blob");
    const std::string passphrase = *one.Text("passphrase");
    const auto key = OpenWithPassphrase(*primitives_, ViewOf(passphrase), blob);
    ASSERT_TRUE(key.has_value());
    EXPECT_TRUE(std::ranges::equal(key->view(), Field(one, "account_key")));
    const auto keys = KeysOf(*primitives_, ViewOf(passphrase), *ReadPassphraseLock(blob));
    EXPECT_TRUE(std::ranges::equal(keys->auth.view(), Field(one, "auth")));
    for (const std::size_t place :
         {std::size_t{3}, std::size_t{7}, std::size_t{11}, std::size_t{27}, blob.size() - 1}) {
      Bytes altered = blob;
      altered[place] ^= 1U;
      EXPECT_FALSE(OpenWithPassphrase(*primitives_, ViewOf(passphrase), altered)) << place;
    }
  }
}

TEST_F(Vectors, RecoveryLocks) {
  Check("recovery_lock", [&](const Json& one, View blob) {
    const auto code = RecoveryCode::Read(*one.Text("code"));
    const auto key = OpenWithRecoveryCode(*primitives_, *code, blob);
    if (!key) return false;
    EXPECT_TRUE(std::ranges::equal(key->view(), Field(one, "account_key")));
    return true;
  });
}

TEST_F(Vectors, Keyrings) {
  Check("keyring", [&](const Json& one, View blob) {
    const auto keyring = OpenKeyring(*primitives_, Fixed<Key>(one, "account_key"), blob);
    if (!keyring) return false;
    EXPECT_EQ(keyring->people.size(), one.List("people")->size());
    EXPECT_EQ(keyring->shares.size(), one.List("shares")->size());
    EXPECT_EQ(keyring->own.account, Fixed<AccountId>(one, "account"));
    return true;
  });
}

TEST_F(Vectors, Envelopes) {
  Check("envelope", [&](const Json& one, View blob) {
    const Identity recipient = IdentityOf(one, "recipient");
    const OwnIdentity own{.account = recipient.account,
                          .signing = {.seed = {}, .shown = recipient.signing},
                          .receiving = {.secret = Fixed<Key>(one, "receiving_secret"), .shown = recipient.receiving}};
    const auto letter = OpenEnvelope(*primitives_, own, blob);
    if (!letter) return false;
    EXPECT_EQ(letter->sender, IdentityOf(one, "sender"));
    EXPECT_EQ(std::holds_alternative<Grant>(letter->content), *one.Text("type") == "grant");
    return true;
  });
}

TEST_F(Vectors, Invites) {
  Check("invite", [&](const Json& one, View blob) {
    const auto inviter = OpenInvite(*primitives_, *ReadLink(*one.Text("link")), blob);
    if (!inviter) return false;
    EXPECT_EQ(*inviter, IdentityOf(one, "inviter"));
    return true;
  });
}

TEST_F(Vectors, Exports) {
  for (const Json& one : CasesOf("export")) {
    const Bytes file = Field(one, "blob");
    const auto entries = OpenExportWithPassphrase(*primitives_, ViewOf(*one.Text("passphrase")), file);
    ASSERT_TRUE(entries.has_value());
    const std::vector<Json> expected = *one.List("entries");
    ASSERT_EQ(entries->size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(TextOf((*entries)[i].body), *expected[i].Text("body"));
      EXPECT_EQ(NameOf((*entries)[i].kind), *expected[i].Text("kind"));
      EXPECT_EQ((*entries)[i].revision, static_cast<std::uint32_t>(*expected[i].Number("revision")));
    }
    for (std::size_t i = 0; i < file.size(); ++i) {
      Bytes altered = file;
      altered[i] ^= static_cast<std::uint8_t>(1U << i % 8);
      ASSERT_FALSE(ReadExport(*primitives_, altered)) << "byte " << i;
    }
  }
}

}  // namespace
}  // namespace selvedge::vault
