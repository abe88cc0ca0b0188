#include "instruments/posterior.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "instruments/curve.h"
#include "numerics/exp_minus_one.h"

namespace selvedge::instruments {
namespace {

// A position whose likelihood is below e^−40 of the largest is left out. No prior within ±6 brings it back: that is
// e^−18 at the utmost, and one in 4e9 remains.
constexpr double kNothing = -40;

Eigen::Index Signed(std::size_t n) { return static_cast<Eigen::Index>(n); }

}  // namespace

Tables::Tables(const ItemBank& bank, Grid grid) : grid_(std::move(grid)), items_of_(bank.dimensions.size()) {
  std::size_t offset = 0;
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    const Item& item = bank.items[i];
    dimension_.push_back(item.dimension);
    categories_.push_back(item.curve.categories());
    offset_.push_back(offset);
    items_of_[item.dimension].push_back(i);
    offset += item.curve.categories() * AxisOf(i).size();
  }
  log_probability_.resize(offset);
  Set(bank);
}

void Tables::Set(const ItemBank& bank) {
  grid_.SetCorrelations(bank.correlations);
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    const Axis& axis = AxisOf(i);
    const Curve& curve = bank.items[i].curve;
    for (std::size_t category = 0; category < categories_[i]; ++category) {
      double* const row = log_probability_.data() + RowOf(i, category);
      for (std::size_t q = 0; q < axis.size(); ++q) {
        row[q] = instruments::LogProbability(curve, category, axis.At(q));
      }
    }
  }
}

Posterior::Posterior(const Tables& tables)
    : tables_(tables),
      strides_(tables.grid().Strides()),
      windows_(tables.dimensions()),
      inner_(Eigen::ArrayXd::Zero(Signed(tables.grid().axes.back().size()))),
      at_(tables.dimensions()),
      theta_(Eigen::VectorXd::Zero(Signed(tables.dimensions()))),
      mean_(theta_),
      second_moment_(mean_ * mean_.transpose()) {
  for (const Axis& axis : tables.grid().axes) {
    likelihood_.emplace_back(Eigen::ArrayXd::Ones(Signed(axis.size())));
    shares_.emplace_back(Eigen::ArrayXd::Zero(Signed(axis.size())));
  }
}

void Posterior::Set(std::span<const std::uint8_t> answers) {
  double largest = 0;
  for (std::size_t d = 0; d < windows_.size(); ++d) largest += SetLikelihood(d, answers);
  Integrate();
  loglik_ = largest + std::log(total_);
}

/// The likelihood along one dimension, divided by its largest value, whose logarithm is returned.
double Posterior::SetLikelihood(std::size_t dimension, std::span<const std::uint8_t> answers) {
  rows_.clear();
  for (const std::size_t item : tables_.ItemsOf(dimension)) {
    if (answers[item] != kUnanswered) rows_.push_back(tables_.LogProbability(item, answers[item]));
  }
  Eigen::ArrayXd& values = likelihood_[dimension];
  double* const sum = values.data();
  const std::size_t nodes = static_cast<std::size_t>(values.size());
  if (rows_.empty()) {
    windows_[dimension] = {.first = 0, .count = nodes};
    values.setOnes();
    return 0;
  }
  // Three rows at a time, since loading and storing the sum costs as much as adding.
  std::size_t r = rows_.size() % 3;
  if (r == 0) {
    std::fill_n(sum, nodes, 0.0);
  } else if (r == 1) {
    std::copy_n(rows_[0], nodes, sum);
  } else {
    for (std::size_t q = 0; q < nodes; ++q) sum[q] = rows_[0][q] + rows_[1][q];
  }
  for (; r < rows_.size(); r += 3) {
    const double* const one = rows_[r];
    const double* const two = rows_[r + 1];
    const double* const three = rows_[r + 2];
    for (std::size_t q = 0; q < nodes; ++q) sum[q] += one[q] + two[q] + three[q];
  }

  const double largest = values.maxCoeff();
  std::size_t first = 0;
  while (sum[first] < largest + kNothing) ++first;
  std::size_t end = nodes;
  while (sum[end - 1] < largest + kNothing) --end;
  for (std::size_t q = first; q < end; ++q) sum[q] = numerics::Exp(sum[q] - largest);
  windows_[dimension] = {.first = first, .count = end - first};
  return largest;
}

/// Sums prior × likelihood over the lattice. The innermost axis runs in memory order; everything along the others is
/// done once a row.
void Posterior::Integrate() {
  const std::size_t last = windows_.size() - 1;
  const Window& inner = windows_[last];
  const Axis& inner_axis = tables_.grid().axes[last];
  const auto inner_likelihood = likelihood_[last].segment(Signed(inner.first), Signed(inner.count));
  auto inner_sum = inner_.head(Signed(inner.count));
  inner_sum.setZero();
  for (std::size_t d = 0; d < last; ++d) shares_[d].head(Signed(windows_[d].count)).setZero();
  mean_.setZero();
  second_moment_.setZero();
  total_ = 0;

  std::ranges::fill(at_, std::size_t{0});
  do {
    double outer = 1;
    for (std::size_t d = 0; d < last; ++d) {
      outer *= likelihood_[d][Signed(windows_[d].first + at_[d])];
      theta_[Signed(d)] = tables_.grid().axes[d].At(windows_[d].first + at_[d]);
    }
    const Eigen::Map<const Eigen::ArrayXd> prior(tables_.grid().prior.data() + RowAt(at_), Signed(inner.count));
    inner_sum += outer * prior;
    if (last == 0) continue;
    double row = 0;
    double row_theta = 0;
    for (std::size_t q = 0; q < inner.count; ++q) {
      const double weight = prior[Signed(q)] * inner_likelihood[Signed(q)];
      row += weight;
      row_theta += weight * inner_axis.At(inner.first + q);
    }
    row *= outer;
    row_theta *= outer;
    for (std::size_t a = 0; a < last; ++a) {
      shares_[a][Signed(at_[a])] += row;
      for (std::size_t b = 0; b < a; ++b) {
        second_moment_(Signed(a), Signed(b)) += row * theta_[Signed(a)] * theta_[Signed(b)];
      }
      second_moment_(Signed(last), Signed(a)) += row_theta * theta_[Signed(a)];
    }
  } while (NextOuter(at_));

  shares_[last].head(Signed(inner.count)) = inner_sum * inner_likelihood;
  total_ = shares_[last].head(Signed(inner.count)).sum();
  second_moment_ /= total_;
  for (std::size_t d = 0; d <= last; ++d) {
    const Axis& axis = tables_.grid().axes[d];
    double mean = 0;
    double square = 0;
    for (std::size_t q = 0; q < windows_[d].count; ++q) {
      const double share = shares_[d][Signed(q)] /= total_;
      const double theta = axis.At(windows_[d].first + q);
      mean += share * theta;
      square += share * theta * theta;
    }
    mean_[Signed(d)] = mean;
    second_moment_(Signed(d), Signed(d)) = square;
    for (std::size_t b = 0; b < d; ++b) second_moment_(Signed(b), Signed(d)) = second_moment_(Signed(d), Signed(b));
  }
}

Posterior::Shares Posterior::Of(std::size_t dimension) const {
  return {.first = windows_[dimension].first, .weight = {shares_[dimension].data(), windows_[dimension].count}};
}

/// Steps through the windows of all axes but the last; false after the last combination.
bool Posterior::NextOuter(std::vector<std::size_t>& at) const {
  for (std::size_t d = windows_.size() - 1; d-- > 0;) {
    if (++at[d] < windows_[d].count) return true;
    at[d] = 0;
  }
  return false;
}

/// Where in the prior's table the innermost window begins.
std::size_t Posterior::RowAt(const std::vector<std::size_t>& at) const {
  std::size_t row = windows_.back().first;
  for (std::size_t d = 0; d + 1 < windows_.size(); ++d) row += (windows_[d].first + at[d]) * strides_[d];
  return row;
}

}  // namespace selvedge::instruments
