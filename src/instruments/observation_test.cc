#include "instruments/observation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "instruments/files.h"

namespace selvedge::instruments {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr ScaleScore kScore{.scale = 2, .estimate = 0.5, .sd = 0.4, .answers = 7};

TEST(WriteObservation, GivesTheEstimateWithItsIntervalAndWhatItRestsOn) {
  const core::Json json = WriteObservation(
      Signs(), kScore, {.person = "ana", .authored = "2026-11-24", .derived_from = "QuestionnaireResponse/1"});
  EXPECT_EQ(json.Text("resourceType").value(), "Observation");
  EXPECT_EQ(json.Text("effectiveDateTime").value(), "2026-11-24");
  EXPECT_EQ(json.Field("subject")->Text("reference").value(), "Patient/ana");
  EXPECT_EQ(json.Field("code")->Field("coding")->At(0)->Text("code").value(), "own-ground");
  EXPECT_EQ(json.Field("category")->At(0)->Field("coding")->At(0)->Text("code").value(), "survey");
  EXPECT_EQ(json.Field("derivedFrom")->At(0)->Text("reference").value(), "QuestionnaireResponse/1");
  EXPECT_EQ(json.Field("valueQuantity")->Number("value").value(), 0.5);
  const core::Json parts = json.Field("component").value();
  ASSERT_EQ(parts.Size(), 3U);
  // The 5 % and 95 % points of N(0.5, 0.4²), by Φ⁻¹(.95) = 1.6449.
  EXPECT_NEAR(parts.At(0)->Field("valueQuantity")->Number("value").value(), -0.15794, 1e-5);
  EXPECT_NEAR(parts.At(1)->Field("valueQuantity")->Number("value").value(), 1.15794, 1e-5);
  EXPECT_EQ(parts.At(2)->Number("valueInteger").value(), 7);
}

// tools/check_fhir.py holds this file to the shape of the standard.
TEST(WriteObservation, WritesWhatTheFileShows) {
  const core::Json json = WriteObservation(
      Signs(), kScore, {.person = "ana", .authored = "2026-11-24", .derived_from = "QuestionnaireResponse/1"});
  EXPECT_EQ(json.Dump(2) + "\n", FileText("tests/instruments/written_observation.json"));
}

TEST(WriteObservation, SaysProvisionalUntilTheCurvesAreCalibrated) {
  Instrument signs = Signs();
  EXPECT_THAT(WriteObservation(signs, kScore, {}).Dump(),
              AllOf(HasSubstr("\"preliminary\""), HasSubstr("This is provisional")));
  signs.curves->calibrated = true;
  EXPECT_THAT(WriteObservation(signs, kScore, {}).Dump(), AllOf(HasSubstr("\"final\""), Not(HasSubstr("provisional"))));
}

TEST(WriteObservation, HasNoNumberWithoutAnAnswerAndDoesNotSayWhy) {
  const core::Json json = WriteObservation(Signs(), {.scale = 0, .estimate = 0, .sd = 1, .answers = 0}, {});
  EXPECT_FALSE(json.Has("valueQuantity"));
  EXPECT_FALSE(json.Has("component"));
  EXPECT_EQ(json.Field("dataAbsentReason")->Field("coding")->At(0)->Text("code").value(), "unknown");
  EXPECT_FALSE(json.Has("subject"));
  EXPECT_FALSE(json.Has("effectiveDateTime"));
}

}  // namespace
}  // namespace selvedge::instruments
