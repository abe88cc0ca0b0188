#include "instruments/item_bank.h"

#include <cmath>

namespace selvedge::instruments {

Eigen::MatrixXd ItemBank::Slopes() const {
  const auto count = static_cast<Eigen::Index>(items.size());
  const auto size = static_cast<Eigen::Index>(dimensions.size());
  Eigen::MatrixXd slopes = Eigen::MatrixXd::Zero(count, size);
  for (Eigen::Index i = 0; i < count; ++i) {
    const Item& item = items[static_cast<std::size_t>(i)];
    if (item.mixture.size() > 0) {
      slopes.row(i) = item.curve.slope * item.mixture.transpose();
    } else {
      slopes(i, static_cast<Eigen::Index>(item.dimension)) = item.curve.slope;
    }
  }
  return slopes;
}

void ItemBank::SetSlopes(const Eigen::MatrixXd& slopes) {
  for (Eigen::Index i = 0; i < slopes.rows(); ++i) {
    Item& item = items[static_cast<std::size_t>(i)];
    const Eigen::VectorXd row = slopes.row(i);
    item.curve.slope = std::sqrt(row.dot(correlations * row));
    // An item that says nothing is about nothing in particular.
    item.mixture =
        item.curve.slope > 0 ? Eigen::VectorXd(row / item.curve.slope) : Eigen::VectorXd::Unit(row.size(), 0);
  }
}

}  // namespace selvedge::instruments
