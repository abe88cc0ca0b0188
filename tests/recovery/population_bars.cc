#include "recovery/population_bars.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

#include "theory/diaries.h"

namespace selvedge::recovery {
namespace {

using core::BySide;
using core::PartnerOf;
using core::Side;
using Answers = std::vector<std::optional<double>>;

constexpr int kDays = 35;
constexpr int kPromptDays = 14;
/// Two numbers as far apart as any; and what an effect near 0 counts as where it is divided by.
constexpr double kAny = std::numeric_limits<double>::infinity();
constexpr double kLeastApart = 1e-3;

/// Sums of two numbers that come in pairs.
class Pairs {
 public:
  void Add(double x, double y) {
    ++count_;
    x_ += x;
    y_ += y;
    xx_ += x * x;
    yy_ += y * y;
    xy_ += x * y;
  }
  [[nodiscard]] double Mean() const { return x_ / count_; }
  [[nodiscard]] double Variance() const { return (xx_ - x_ * x_ / count_) / (count_ - 1); }
  [[nodiscard]] double Correlation() const {
    return (xy_ - x_ * y_ / count_) / std::sqrt((xx_ - x_ * x_ / count_) * (yy_ - y_ * y_ / count_));
  }
  [[nodiscard]] double Count() const { return count_; }

 private:
  double count_ = 0;
  double x_ = 0;
  double y_ = 0;
  double xx_ = 0;
  double yy_ = 0;
  double xy_ = 0;
};

/// Least squares of y on two predictors that have mean 0.
class TwoSlopes {
 public:
  void Add(double y, double first, double second) {
    ++count_;
    ff_ += first * first;
    fs_ += first * second;
    ss_ += second * second;
    fy_ += first * y;
    sy_ += second * y;
  }
  /// Whether there are at least three rows that tell the predictors apart.
  [[nodiscard]] bool IsKnown() const { return count_ > 2 && ff_ * ss_ > fs_ * fs_; }
  [[nodiscard]] double First() const { return (fy_ * ss_ - sy_ * fs_) / (ff_ * ss_ - fs_ * fs_); }
  [[nodiscard]] double Second() const { return (sy_ * ff_ - fy_ * fs_) / (ff_ * ss_ - fs_ * fs_); }

 private:
  int count_ = 0;
  double ff_ = 0;
  double fs_ = 0;
  double ss_ = 0;
  double fy_ = 0;
  double sy_ = 0;
};

/// Mean and variance of the answers given from one day to before another.
Pairs Spread(const Answers& answers, std::size_t from, std::size_t to) {
  Pairs spread;
  for (std::size_t i = from; i < to; ++i) {
    if (answers[i]) spread.Add(*answers[i], 0);
  }
  return spread;
}

Answers Centred(const Answers& answers) {
  const double mean = Spread(answers, 0, answers.size()).Mean();
  Answers centred = answers;
  for (std::optional<double>& answer : centred) {
    if (answer) *answer -= mean;
  }
  return centred;
}

Pairs SameTime(const Answers& a, const Answers& b, std::size_t from, std::size_t to) {
  Pairs pairs;
  for (std::size_t i = from; i < to && i < a.size() && i < b.size(); ++i) {
    if (a[i] && b[i]) pairs.Add(*a[i], *b[i]);
  }
  return pairs;
}

void AddLags(const Answers& own, const Answers& partner, std::size_t from, std::size_t to, TwoSlopes& slopes) {
  for (std::size_t i = from + 1; i < to; ++i) {
    if (own[i] && own[i - 1] && partner[i - 1]) slopes.Add(*own[i], *own[i - 1], *partner[i - 1]);
  }
}

BySide<Answers> AnswersOf(const diary::Couple& couple) {
  BySide<Answers> answers;
  for (const diary::CheckIn& check_in : couple.check_ins) {
    for (const Side side : core::kSides) answers[side].push_back(check_in.own[side]);
  }
  return answers;
}

/// What 35 evenings of many couples say.
class Evenings {
 public:
  void Add(const theory::KeptDiary& kept) {
    const BySide<Answers> own = AnswersOf(kept.couple);
    const std::size_t days = own.a.size();
    constexpr std::size_t kFewest = 20;
    BySide<Answers> centred;
    BySide<Pairs> whole;
    for (const Side side : core::kSides) {
      whole[side] = Spread(own[side], 0, days);
      if (whole[side].Count() < kFewest) return;
      centred[side] = Centred(own[side]);
    }
    means_.Add(whole.a.Mean(), whole.b.Mean());
    for (const Side side : core::kSides) {
      person_means_.Add(whole[side].Mean(), 0);
      within_ += whole[side].Variance() * (whole[side].Count() - 1);
      within_count_ += whole[side].Count() - 1;
      answered_ += whole[side].Count();
      for (std::size_t i = 2; i < days; ++i) {
        if (centred[side][i] && centred[side][i - 2]) lag_two_.Add(*centred[side][i], *centred[side][i - 2]);
      }
      AddLags(centred[side], centred[PartnerOf(side)], 0, days, lags_);
      AddHalves(own[side], centred, side);
      AddGuesses(kept, own, centred, side);
    }
    const BySide<Pairs> half{.a = SameTime(centred.a, centred.b, 0, days / 2),
                             .b = SameTime(centred.a, centred.b, days / 2, days)};
    if (half.a.Count() > 2 && half.b.Count() > 2) same_day_halves_.Add(half.a.Correlation(), half.b.Correlation());
    for (std::size_t i = 0; i < days; ++i) {
      if (centred.a[i] && centred.b[i]) same_day_.Add(*centred.a[i], *centred.b[i]);
      if (i < stranger_.size() && centred.a[i] && stranger_[i]) strangers_.Add(*centred.a[i], *stranger_[i]);
    }
    stranger_ = centred.b;
  }

  void AppendBars(std::vector<Bar>& bars) const {
    const double within = within_ / within_count_;
    const double a_person = answered_ / person_means_.Count();
    const double between = person_means_.Variance() - within / a_person;
    bars.push_back({"mean", 65, 75, person_means_.Mean()});
    bars.push_back({"SD between people", 8, 12, std::sqrt(between)});
    bars.push_back({"SD within people", 10, 14, std::sqrt(within)});
    bars.push_back({"share between people (ICC)", .35, .50, between / (between + within)});
    bars.push_back({"own feeling the day before (lag 1)", .15, .27, lags_.First()});
    bars.push_back({"autocorrelation at 2 days", .03, .09, lag_two_.Correlation()});
    bars.push_back({"partner's feeling the day before", 0, .07, lags_.Second()});
    bars.push_back({"same-day correlation", .20, .35, same_day_.Correlation()});
    bars.push_back({"correlation of partners' means", .3, .5, means_.Correlation()});
    bars.push_back({"same-day correlation of strangers", -.05, .05, strangers_.Correlation()});
    bars.push_back({"half to half: means", .7, 1, half_means_.Correlation()});
    bars.push_back({"half to half: SDs", .4, .75, half_sds_.Correlation()});
    bars.push_back({"half to half: same-day correlation", -kAny, .35, same_day_halves_.Correlation()});
    bars.push_back({"half to half: partner's lag", -kAny, .35, half_lags_.Correlation()});
    bars.push_back({"truth: guess on the other's answer", .3, .6, guesses_.First()});
    bars.push_back({"projection: guess on one's own answer", .2, .5, guesses_.Second()});
  }

 private:
  void AddHalves(const Answers& own, const BySide<Answers>& centred, Side side) {
    const std::size_t middle = own.size() / 2;
    const Pairs first = Spread(own, 0, middle);
    const Pairs second = Spread(own, middle, own.size());
    half_means_.Add(first.Mean(), second.Mean());
    half_sds_.Add(std::sqrt(first.Variance()), std::sqrt(second.Variance()));
    TwoSlopes first_lags;
    TwoSlopes second_lags;
    AddLags(centred[side], centred[PartnerOf(side)], 0, middle, first_lags);
    AddLags(centred[side], centred[PartnerOf(side)], middle, own.size(), second_lags);
    if (first_lags.IsKnown() && second_lags.IsKnown()) half_lags_.Add(first_lags.Second(), second_lags.Second());
  }

  void AddGuesses(const theory::KeptDiary& kept, const BySide<Answers>& own, const BySide<Answers>& centred,
                  Side side) {
    Answers guesses(own.a.size());
    for (std::size_t i = 0; i < guesses.size(); ++i) {
      if (own[side][i] && own[PartnerOf(side)][i]) guesses[i] = kept.guesses[i][side];
    }
    if (Spread(guesses, 0, guesses.size()).Count() < 2) return;
    guesses = Centred(guesses);
    for (std::size_t i = 0; i < guesses.size(); ++i) {
      if (guesses[i]) guesses_.Add(*guesses[i], *centred[PartnerOf(side)][i], *centred[side][i]);
    }
  }

  Pairs means_;
  Pairs person_means_;
  double within_ = 0;
  double within_count_ = 0;
  double answered_ = 0;
  Pairs lag_two_;
  TwoSlopes lags_;
  Pairs same_day_;
  Pairs strangers_;
  Answers stranger_;
  Pairs half_means_;
  Pairs half_sds_;
  Pairs half_lags_;
  Pairs same_day_halves_;
  TwoSlopes guesses_;
};

/// How the partner's feeling at one prompt goes with one's own at the next of the same day, apart and together.
class Prompts {
 public:
  void Add(const diary::Couple& couple) {
    const BySide<Answers> own = AnswersOf(couple);
    for (const Side side : core::kSides) {
      if (Spread(own[side], 0, own[side].size()).Count() == 0) return;
    }
    const BySide<Answers> centred{.a = Centred(own.a), .b = Centred(own.b)};
    for (std::size_t i = 1; i < couple.check_ins.size(); ++i) {
      if (couple.check_ins[i].day != couple.check_ins[i - 1].day) continue;
      for (const Side side : core::kSides) {
        const auto& contact = couple.check_ins[i].noted[side].contact;
        if (!contact) continue;
        TwoSlopes& slopes = *contact == diary::Contact::kApart ? apart_ : together_;
        AddLags(centred[side], centred[PartnerOf(side)], i - 1, i + 1, slopes);
      }
    }
  }

  void AppendBars(std::vector<Bar>& bars) const {
    bars.push_back({"partner's feeling a prompt before: together over apart", 3, kAny,
                    together_.Second() / std::max(apart_.Second(), kLeastApart)});
    bars.push_back({"the same, together (.13 in one study)", -kAny, kAny, together_.Second()});
    bars.push_back({"the same, apart (.02 in one study)", -kAny, kAny, apart_.Second()});
    bars.push_back({"own feeling a prompt before (.45 in one study)", -kAny, kAny, together_.First()});
  }

 private:
  TwoSlopes together_;
  TwoSlopes apart_;
};

}  // namespace

std::vector<Bar> MeasureBars(const theory::Plan& plan, int couples) {
  Evenings evenings;
  Prompts prompts;
  theory::Plan evening_plan = plan;
  evening_plan.days = kDays;
  theory::Plan prompt_plan = plan;
  prompt_plan.days = kPromptDays;
  for (int couple = 0; couple < couples; ++couple) {
    const auto number = static_cast<std::uint32_t>(couple);
    const theory::KeptDiary kept = theory::KeepDiary(evening_plan, {}, number);
    if (!kept.parted) evenings.Add(kept);
    prompts.Add(theory::KeepDiary(prompt_plan, {.prompts_a_day = theory::kMostPromptsADay}, number).couple);
  }
  std::vector<Bar> bars;
  evenings.AppendBars(bars);
  prompts.AppendBars(bars);
  return bars;
}

std::string BarsTable(const std::vector<Bar>& bars) {
  std::string table = "| of answers on 0 to 100 | real diaries | simulated |\n| --- | --- | --- |\n";
  for (const Bar& bar : bars) {
    const int digits = std::abs(bar.value) > 5 ? 1 : 2;
    const std::string range = bar.low == -kAny && bar.high == kAny ? "not held"
                              : bar.high == kAny                   ? fmt::format("{:g} or more", bar.low)
                              : bar.low == -kAny                   ? fmt::format("below {:.2f}", bar.high)
                                                 : fmt::format("{:.{}f} to {:.{}f}", bar.low, digits, bar.high, digits);
    table += fmt::format("| {} | {} | {:.{}f}{} |\n", bar.name, range, bar.value, digits, bar.IsMet() ? "" : " ✗");
  }
  return table;
}

}  // namespace selvedge::recovery
