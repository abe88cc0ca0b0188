#include "vault/plain.h"

#include <gtest/gtest.h>

namespace selvedge::vault {
namespace {

Entry EntryOf(Kind kind, std::uint8_t number, std::string_view body, std::uint32_t revision = 1) {
  Entry entry{.kind = kind, .id = {}, .revision = revision, .body = {body.begin(), body.end()}};
  entry.id.bytes.fill(number);
  return entry;
}

TEST(EntriesJson, HasEveryRevision) {
  const std::vector entries{EntryOf(Kind::kNotes, 1, R"({"text": "a"})"), EntryOf(Kind::kNotes, 1, "not JSON", 2)};
  EXPECT_EQ(EntriesJson(entries).Dump(),
            R"({"format":"selvedge-entries","version":1,"entries":[)"
            R"({"kind":"notes","id":"01010101010101010101010101010101","revision":1,"body":{"text":"a"}},)"
            R"({"kind":"notes","id":"01010101010101010101010101010101","revision":2,"body":"not JSON"}]})");
}

TEST(CheckinsCsv, IsADiaryOfTheNewestRevisions) {
  const std::vector entries{
      EntryOf(Kind::kCheckins, 1, R"({"day": "2026-11-02", "start": "2026-11-02 21:00", "tz": "+01:00", "own": 62.5})"),
      EntryOf(Kind::kCheckins, 2, R"({"day": "2026-11-01", "start": "2026-11-01 21:00", "own": 40})"),
      EntryOf(Kind::kCheckins, 2,
              R"({"day": "2026-11-01", "start": "2026-11-01 21:00", "own": 41, "moments": "nothing"})", 2),
      EntryOf(Kind::kSafety, 3, R"({"day": "2026-11-01"})")};
  EXPECT_EQ(*CheckinsCsv(entries, "A, B"),
            "dyad,id,start,tz,local_date,own,moments\n"
            "mine,\"A, B\",2026-11-01 21:00,,2026-11-01,41,nothing\n"
            "mine,\"A, B\",2026-11-02 21:00,+01:00,2026-11-02,62.5,\n");
}

TEST(CheckinsCsv, LeavesStartsOutWhereOneIsMissing) {
  const std::vector entries{EntryOf(Kind::kCheckins, 1, R"({"day": "2026-11-02", "start": "2026-11-02 21:00"})"),
                            EntryOf(Kind::kCheckins, 2, R"({"day": "2026-11-01", "close": 70, "contact": "most"})")};
  EXPECT_EQ(*CheckinsCsv(entries, "A"),
            "dyad,id,local_date,own,close,contact\n"
            "mine,A,2026-11-01,,70,most\n"
            "mine,A,2026-11-02,,,\n");
}

TEST(CheckinsCsv, RefusesWhatItDoesNotKnow) {
  for (const char* const body : {"{}", "[]", "x", R"({"day": 3})", R"({"day": "2026-11-01", "own": []})"}) {
    EXPECT_EQ(CheckinsCsv(std::vector{EntryOf(Kind::kCheckins, 1, body)}, "A").error().message,
              "A check-in in it has no form that is known here.")
        << body;
  }
}

}  // namespace
}  // namespace selvedge::vault
