// Any bytes at all, as answers or as item parameters: they are taken or refused in words; what is taken can be
// calibrated, written, read back and scored, and every number is one.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/contract.h"
#include "instruments/bank_json.h"

namespace selvedge::instruments {
namespace {

bool IsPlain(const core::Error& error) {
  for (const std::string_view sentence : {std::string_view(error.message), std::string_view(error.remedy)}) {
    for (const char c : sentence) {
      if (static_cast<unsigned char>(c) < 0x20U) return false;
    }
  }
  return !error.message.empty();
}

void Score(const ItemBank& bank, const Answers& answers, core::Executor& executor) {
  for (const auto& score : ScoreAll(bank, answers, executor)) {
    SELVEDGE_EXPECT(score.mean.allFinite() && score.covariance.allFinite());
  }
}

void TryItems(std::string_view text) {
  constexpr std::size_t kDimensionsInTime = 2;
  const auto bank = ReadItems(text);
  if (!bank) {
    SELVEDGE_EXPECT(IsPlain(bank.error()));
    return;
  }
  if (bank->dimensions.size() > kDimensionsInTime) return;
  core::SerialExecutor executor;
  Answers answers{.items = bank->items.size(), .codes = {}};
  for (const Item& item : bank->items) answers.codes.push_back(static_cast<std::uint8_t>(item.answers.size() - 1));
  answers.codes.resize(2 * answers.items, kUnanswered);
  Score(*bank, answers, executor);
}

void TryAnswers(std::string_view text, bool two_dimensions, bool complete) {
  constexpr std::size_t kPeopleInTime = 60;
  const auto questionnaire = DescribeQuestionnaire("", "b", two_dimensions ? "one:a,b,c;two:d,e,f" : "one:a,b,c,d,e,f");
  const auto sheet = ReadAnswers(text, ColumnsOf(*questionnaire), "");
  if (!sheet) {
    SELVEDGE_EXPECT(IsPlain(sheet.error()));
    return;
  }
  auto coded = CodeAnswers(*sheet, *questionnaire, complete);
  if (!coded) {
    SELVEDGE_EXPECT(IsPlain(coded.error()));
    return;
  }
  if (coded->answers.people() > kPeopleInTime) return;
  core::SerialExecutor executor;
  const Answers answers = coded->answers;
  Calibration calibration = Calibrate(coded->skeleton, answers, executor);
  SELVEDGE_EXPECT(std::isfinite(calibration.loglik));
  const CalibrationReport report = Report(std::move(calibration), *std::move(coded), executor);
  const auto again = ReadItems(ItemsJson(report).Dump());
  SELVEDGE_EXPECT(again.has_value());
  Score(*again, answers, executor);
}

}  // namespace
}  // namespace selvedge::instruments

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  if ((data[0] & 1U) != 0) {
    selvedge::instruments::TryItems(text);
  } else {
    selvedge::instruments::TryAnswers(text, (data[0] & 2U) != 0, (data[0] & 4U) != 0);
  }
  return 0;
}
