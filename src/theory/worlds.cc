#include "theory/worlds.h"

#include <algorithm>
#include <atomic>

#include "core/contract.h"

namespace selvedge::theory {

Worlds::Question Worlds::Ask(const Theory& theory, std::string_view theory_name, const std::string& population,
                             const std::vector<const Difference*>& differences, const Measure& measure) {
  std::string name = std::string(theory_name) + "\n" + population;
  for (const Difference* difference : differences) {
    if (difference->text != "{}") name += "\n" + difference->text;
  }
  const auto [found, is_new] = by_name_.try_emplace(std::move(name), worlds_.size());
  if (is_new) {
    worlds_.push_back({.plan = PlanOf(theory, population, differences)});
    worlds_.back().plan.seed = seed_;
    worlds_.back().plan.days = 0;
  }
  World& world = worlds_[found->second];
  // Weeks are enough unless a question is about other days.
  constexpr int kWeek = 7;
  if (measure.days.from % kWeek != 0 || measure.days.to % kWeek != 0) world.plan.days_a_week = 1;
  world.plan.days = std::max(world.plan.days, measure.days.to);
  const auto place = std::ranges::find(world.measures, measure);
  const Question question{.world = found->second, .place = static_cast<std::size_t>(place - world.measures.begin())};
  if (place == world.measures.end()) world.measures.push_back(measure);
  return question;
}

bool Worlds::Live(core::Executor& executor, SimulationHooks hooks) {
  for (World& world : worlds_) world.answers.resize(world.measures.size() * couples_);
  const std::size_t blocks = (couples_ + kBlock - 1) / kBlock;
  const std::size_t of = worlds_.size() * blocks;
  // In rounds, so that progress is told from this thread alone.
  constexpr std::size_t kRound = 64;
  for (std::size_t done = 0; done < of; done += kRound) {
    hooks.progress(done, of);
    std::atomic<bool> cancelled = false;
    executor.ForEach(std::min(kRound, of - done), [&](std::size_t i) {
      if (hooks.cancelled()) cancelled = true;
      if (cancelled) return;
      LiveBlock(worlds_[(done + i) / blocks], (done + i) % blocks * kBlock);
    });
    if (cancelled) return false;
  }
  hooks.progress(of, of);
  return true;
}

void Worlds::LiveBlock(World& world, std::size_t first) const {
  const std::size_t couples = std::min(kBlock, couples_ - first);
  const Block block = SimulateBlock(world.plan, static_cast<std::uint32_t>(first), couples);
  for (std::size_t place = 0; place < world.measures.size(); ++place) {
    for (std::size_t couple = 0; couple < couples; ++couple) {
      world.answers[place * couples_ + first + couple] =
          ValueOf(world.measures[place], block, couple, world.plan.days_a_week);
    }
  }
}

std::span<const double> Worlds::Answer(Question question) const {
  const World& world = worlds_[question.world];
  SELVEDGE_EXPECT(world.answers.size() == world.measures.size() * couples_);
  return std::span(world.answers).subspan(question.place * couples_, couples_);
}

}  // namespace selvedge::theory
