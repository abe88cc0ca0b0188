#include "instruments/item_fit.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "instruments/calibrate.h"
#include "oracle/plain_graded.h"

namespace selvedge::instruments {
namespace {

std::vector<std::optional<ItemFit>> Fitted(const ItemBank& bank, const Answers& answers) {
  core::SerialExecutor executor;
  return FitOfItems(bank, answers, executor);
}

/// Expected shares by going through every pattern of answers, which sums over θ on a fine lattice make likely or not.
TEST(FitOfItems, IsWhatGoingThroughEveryPatternGives) {
  core::RandomStream stream({.seed = 41});
  ItemBank bank = oracle::RandomBank(4, 1, 0, stream);
  for (Item& item : bank.items) item.curve.thresholds.resize(2);
  const Answers answers = oracle::DrawAnswers(bank, 3000, 0, stream);
  const auto fits = Fitted(bank, answers);

  constexpr std::size_t kItem = 2;
  std::array<std::array<double, 3>, 9> likely{};
  std::array<std::array<double, 3>, 9> observed{};
  for (int pattern = 0; pattern < 81; ++pattern) {
    std::vector<std::uint8_t> codes;
    for (int rest = pattern, i = 0; i < 4; ++i, rest /= 3) codes.push_back(static_cast<std::uint8_t>(rest % 3));
    const auto sum = static_cast<std::size_t>(std::accumulate(codes.begin(), codes.end(), 0));
    likely[sum][codes[kItem]] += std::exp(oracle::IntegratePlainly(bank, codes, 0.05, 8).loglik);
  }
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const auto codes = answers.Of(person);
    observed[static_cast<std::size_t>(std::accumulate(codes.begin(), codes.end(), 0))][codes[kItem]] += 1;
  }
  double statistic = 0;
  for (std::size_t sum = 2; sum <= 6; ++sum) {
    const double people = std::accumulate(observed[sum].begin(), observed[sum].end(), 0.0);
    const double total = std::accumulate(likely[sum].begin(), likely[sum].end(), 0.0);
    for (std::size_t k = 0; k < 3; ++k) {
      const double expected = people * likely[sum][k] / total;
      ASSERT_GE(expected, 1);  // so nothing is joined
      statistic += (observed[sum][k] - expected) * (observed[sum][k] - expected) / expected;
    }
  }
  EXPECT_NEAR(fits[kItem]->statistic, statistic, 1e-6 * statistic);
  EXPECT_EQ(fits[kItem]->degrees, 5 * 2 - 3);
  EXPECT_EQ(fits[kItem]->people, 3000U);
}

TEST(FitOfItems, IsAboutItsDegreesOfFreedomWhereTheModelIsTrue) {
  const std::uint32_t replicates = std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 1000 : 40;
  core::RandomStream fixed({.seed = 42});
  const ItemBank bank = oracle::RandomBank(8, 1, 0, fixed);
  core::SerialExecutor executor;
  double ratio = 0;
  double low = 0;
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    core::RandomStream stream({.seed = 43, .subject = replicate});
    const Answers answers = oracle::DrawAnswers(bank, 1500, 0, stream);
    for (const auto& fit : Fitted(Calibrate(bank, answers, executor).bank, answers)) {
      ratio += fit->statistic / fit->degrees;
      low += fit->p < 0.05 ? 1 : 0;
    }
  }
  const double items = 8.0 * replicates;
  EXPECT_NEAR(ratio / items, 1, 0.06);
  EXPECT_NEAR(low / items, 0.05, 0.02 + 4 * std::sqrt(0.05 * 0.95 / items));
}

TEST(FitOfItems, NoticesAnItemThatFollowsNoSuchCurve) {
  core::RandomStream stream({.seed = 44});
  ItemBank bank = oracle::RandomBank(8, 1, 0, stream);
  bank.items[3].curve = {.slope = 2.5, .thresholds = {-3, -1, 1, 3}};
  Answers answers = oracle::DrawAnswers(bank, 1500, 0, stream);
  // Item 3 now tells how far out somebody is, not on which side.
  for (std::size_t person = 0; person < answers.people(); ++person) {
    std::uint8_t& code = answers.codes[8 * person + 3];
    const int far = std::abs(static_cast<int>(code) - 2);
    const int coin = stream.Uniform() < 0.5 ? 1 : 0;
    code = static_cast<std::uint8_t>(far == 0 ? coin : far == 1 ? 2 : 3 + coin);
  }
  core::SerialExecutor executor;
  const auto fits = Fitted(Calibrate(bank, answers, executor).bank, answers);
  EXPECT_LT(fits[3]->p, 1e-6);
  EXPECT_GT(fits[3]->rmsea, 0.03);
  EXPECT_GT(fits[0]->p, 1e-3);
}

TEST(FitOfItems, NeedsPeopleWhoAnsweredEverything) {
  core::RandomStream stream({.seed = 45});
  const ItemBank bank = oracle::RandomBank(5, 1, 0, stream);
  Answers answers = oracle::DrawAnswers(bank, 50, 0, stream);
  for (std::size_t c = 0; c < answers.codes.size(); c += 5) answers.codes[c] = kUnanswered;
  for (const auto& fit : Fitted(bank, answers)) EXPECT_FALSE(fit.has_value());
}

}  // namespace
}  // namespace selvedge::instruments
