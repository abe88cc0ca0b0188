#include "leaning/calibrate.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "numerics/normal.h"

namespace selvedge::leaning {
namespace {

using Eigen::Index;
using Eigen::Matrix2d;
using Eigen::Matrix3d;
using Eigen::MatrixXd;
using Eigen::Vector2d;
using Eigen::Vector3d;
using Eigen::VectorXd;

std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

Matrix2d SpreadOf(double correlation) { return Matrix2d{{1, correlation}, {correlation, 1}}; }

/// One person under given weights: x | y ~ N(mean, covariance).
struct Person {
  Vector2d mean = Vector2d::Zero();
  Matrix2d covariance;
  double loglik = 0;
};

class People {
 public:
  People(const Cohort& cohort, const Weights& weights)
      : y_(cohort.estimates),
        se_(cohort.standard_errors),
        weights_(weights),
        inverse_spread_(SpreadOf(weights.correlation).inverse()) {}

  [[nodiscard]] bool Has(Index i, Index j) const { return !std::isnan(y_(i, j)); }
  [[nodiscard]] double Precision(Index i, Index j) const {
    return 1 / (weights_.residual_variance[j] + se_(i, j) * se_(i, j));
  }
  [[nodiscard]] double Residual(Index i, Index j) const { return y_(i, j) - weights_.centre[j]; }
  [[nodiscard]] const Matrix2d& inverse_spread() const { return inverse_spread_; }

  /// With D the diagonal precisions of y given x:  P = S⁻¹ + Λᵀ D Λ,  b = Λᵀ D (y − ν),  mean = P⁻¹ b, and
  /// log p(y) = −½ (k log 2π − log|D| + log|S| + log|P| + (y − ν)ᵀ D (y − ν) − bᵀ P⁻¹ b).
  [[nodiscard]] Person Of(Index i) const {
    Matrix2d P = inverse_spread_;
    Vector2d b = Vector2d::Zero();
    double sum = 0;
    for (Index j = 0; j < y_.cols(); ++j) {
      if (!Has(i, j)) continue;
      const double d = Precision(i, j);
      const double r = Residual(i, j);
      const Vector2d loading = weights_.loading.row(j).transpose();
      P += d * loading * loading.transpose();
      b += d * r * loading;
      sum += numerics::kLogTwoPi - std::log(d) + d * r * r;
    }
    Person person{.covariance = P.inverse()};
    person.mean = person.covariance * b;
    const double S_determinant = 1 - weights_.correlation * weights_.correlation;
    person.loglik = -0.5 * (sum + std::log(S_determinant * P.determinant()) - b.dot(person.mean));
    return person;
  }

 private:
  const MatrixXd& y_;
  const MatrixXd& se_;
  const Weights& weights_;
  Matrix2d inverse_spread_;
};

/// The loglikelihood's derivatives by the weights themselves.
struct Gradient {
  VectorXd centre;
  Eigen::MatrixX2d loading;
  VectorXd residual_variance;
  double correlation = 0;
};

/// With V = Λ S Λᵀ + D⁻¹ and g = V⁻¹ (y − ν) = D (y − ν − Λ mean):
///   ∂/∂ν = g,   ∂/∂Λ = g meanᵀ − D Λ P⁻¹,   ∂/∂θ = ½ (g² − diag V⁻¹),   V⁻¹ = D − D Λ P⁻¹ Λᵀ D,
///   ∂/∂S = ½ (q qᵀ − S⁻¹ + S⁻¹ P⁻¹ S⁻¹),   q = Λᵀ g = S⁻¹ mean.
Gradient GradientAt(const Weights& weights, const Cohort& cohort) {
  const Index columns = cohort.estimates.cols();
  Gradient gradient{.centre = VectorXd::Zero(columns),
                    .loading = Eigen::MatrixX2d::Zero(columns, 2),
                    .residual_variance = VectorXd::Zero(columns)};
  const People people(cohort, weights);
  for (Index i = 0; i < cohort.estimates.rows(); ++i) {
    const Person person = people.Of(i);
    for (Index j = 0; j < columns; ++j) {
      if (!people.Has(i, j)) continue;
      const double d = people.Precision(i, j);
      const Vector2d loading = weights.loading.row(j).transpose();
      const double g = d * (people.Residual(i, j) - loading.dot(person.mean));
      const Vector2d held = d * person.covariance * loading;
      gradient.centre[j] += g;
      gradient.loading.row(j) += (g * person.mean - held).transpose();
      gradient.residual_variance[j] += 0.5 * (g * g - d + d * loading.dot(held));
    }
    const Matrix2d& S_inverse = people.inverse_spread();
    const Vector2d q = S_inverse * person.mean;
    gradient.correlation += q[0] * q[1] - S_inverse(0, 1) + (S_inverse * person.covariance * S_inverse)(0, 1);
  }
  return gradient;
}

/// Which loadings are estimated.
using Pattern = Eigen::Array<bool, Eigen::Dynamic, 2>;

/// One step of EM. The quantities without their errors, t = ν + Λ x + u, are missing data as well, so that each
/// component is a regression of t on x. With w = θ / (θ + se²):  t | x, y ~ N((1 − w)(ν + Λ x) + w y, θ (1 − w)).
void StepByEm(const Cohort& cohort, const Pattern& free, bool hold_correlation, Weights& weights) {
  const Index columns = cohort.estimates.cols();
  const People people(cohort, weights);
  struct Sums {
    Matrix3d moments = Matrix3d::Zero();  // of (1, x)
    Vector3d products = Vector3d::Zero();
    double squares = 0;
    double count = 0;
  };
  std::vector<Sums> sums(static_cast<std::size_t>(columns));
  Matrix2d spread = Matrix2d::Zero();
  double with_any = 0;
  for (Index i = 0; i < cohort.estimates.rows(); ++i) {
    const Person person = people.Of(i);
    Vector3d mean;
    mean << 1, person.mean;
    Matrix3d moments = mean * mean.transpose();
    moments.bottomRightCorner<2, 2>() += person.covariance;
    spread += moments.bottomRightCorner<2, 2>();
    with_any += 1;
    for (Index j = 0; j < columns; ++j) {
      if (!people.Has(i, j)) continue;
      Vector3d beta;
      beta << weights.centre[j], weights.loading.row(j).transpose();
      const double y = cohort.estimates(i, j);
      const double w = weights.residual_variance[j] * people.Precision(i, j);
      Sums& sum = sums[static_cast<std::size_t>(j)];
      sum.moments += moments;
      sum.products += (1 - w) * moments * beta + w * y * mean;
      sum.squares += (1 - w) * (1 - w) * beta.dot(moments * beta) + 2 * w * (1 - w) * y * beta.dot(mean) +
                     w * w * y * y + weights.residual_variance[j] * (1 - w);
      sum.count += 1;
    }
  }
  for (Index j = 0; j < columns; ++j) {
    Sums& sum = sums[static_cast<std::size_t>(j)];
    for (Index axis = 0; axis < 2; ++axis) {
      if (free(j, axis)) continue;
      sum.moments.row(1 + axis).setZero();  // an equation that says: this loading is 0
      sum.moments.col(1 + axis).setZero();
      sum.moments(1 + axis, 1 + axis) = 1;
      sum.products[1 + axis] = 0;
    }
    const Vector3d beta = sum.moments.ldlt().solve(sum.products);
    weights.centre[j] = beta[0];
    weights.loading.row(j) = beta.tail<2>().transpose();
    weights.residual_variance[j] = std::max(0.0, (sum.squares - beta.dot(sum.products)) / sum.count);
  }
  if (hold_correlation) return;
  spread /= with_any;
  const Vector2d sd = spread.diagonal().cwiseSqrt();
  weights.correlation = spread(0, 1) / (sd[0] * sd[1]);
  weights.loading *= sd.asDiagonal();
}

/// The weights that are estimated, as unbounded numbers: ν, free λ, log θ, and Fisher's z of the correlation.
class Coordinates {
 public:
  enum class Kind { kCentre, kAutonomy, kConnection, kLogResidual, kFisherZ };
  struct Coordinate {
    Kind kind = Kind::kCentre;
    Index column = 0;
  };

  Coordinates(const Pattern& free, const std::vector<bool>& at_boundary, bool hold_correlation) {
    for (Index j = 0; j < free.rows(); ++j) {
      list_.push_back({Kind::kCentre, j});
      if (free(j, kAutonomy)) list_.push_back({Kind::kAutonomy, j});
      if (free(j, kConnection)) list_.push_back({Kind::kConnection, j});
      if (!at_boundary[static_cast<std::size_t>(j)]) list_.push_back({Kind::kLogResidual, j});
    }
    if (!hold_correlation) list_.push_back({Kind::kFisherZ, 0});
  }

  [[nodiscard]] const std::vector<Coordinate>& list() const { return list_; }
  [[nodiscard]] Index size() const { return static_cast<Index>(list_.size()); }

  [[nodiscard]] Weights Moved(Weights weights, const VectorXd& step) const {
    for (Index c = 0; c < size(); ++c) {
      const auto [kind, j] = list_[static_cast<std::size_t>(c)];
      switch (kind) {
        case Kind::kCentre:
          weights.centre[j] += step[c];
          break;
        case Kind::kAutonomy:
          weights.loading(j, kAutonomy) += step[c];
          break;
        case Kind::kConnection:
          weights.loading(j, kConnection) += step[c];
          break;
        case Kind::kLogResidual:
          weights.residual_variance[j] *= std::exp(step[c]);
          break;
        case Kind::kFisherZ:
          weights.correlation = std::tanh(std::atanh(weights.correlation) + step[c]);
          break;
      }
    }
    return weights;
  }

  [[nodiscard]] VectorXd Slope(const Weights& weights, const Cohort& cohort) const {
    const Gradient gradient = GradientAt(weights, cohort);
    VectorXd slope(size());
    for (Index c = 0; c < size(); ++c) {
      const auto [kind, j] = list_[static_cast<std::size_t>(c)];
      switch (kind) {
        case Kind::kCentre:
          slope[c] = gradient.centre[j];
          break;
        case Kind::kAutonomy:
          slope[c] = gradient.loading(j, kAutonomy);
          break;
        case Kind::kConnection:
          slope[c] = gradient.loading(j, kConnection);
          break;
        case Kind::kLogResidual:
          slope[c] = gradient.residual_variance[j] * weights.residual_variance[j];
          break;
        case Kind::kFisherZ:
          slope[c] = gradient.correlation * (1 - weights.correlation * weights.correlation);
          break;
      }
    }
    return slope;
  }

  /// Minus the second derivatives, by central differences of the gradient. Columns are standardised, so one step suits
  /// all: its error, about step², is far below what a standard error is read to.
  [[nodiscard]] MatrixXd Information(const Weights& weights, const Cohort& cohort) const {
    constexpr double kStep = 1e-4;
    MatrixXd information(size(), size());
    for (Index c = 0; c < size(); ++c) {
      const VectorXd step = kStep * VectorXd::Unit(size(), c);
      information.col(c) = (Slope(Moved(weights, -step), cohort) - Slope(Moved(weights, step), cohort)) / (2 * kStep);
    }
    return 0.5 * (information + information.transpose());
  }

 private:
  std::vector<Coordinate> list_;
};

/// A residual variance this small, in shares of its column's variance, and falling, is at its boundary 0.
constexpr double kNearBoundary = 1e-4;

void PinBoundaries(const Cohort& cohort, Weights& weights, std::vector<bool>& at_boundary) {
  const Gradient gradient = GradientAt(weights, cohort);
  for (Index j = 0; j < weights.residual_variance.size(); ++j) {
    if (weights.residual_variance[j] >= kNearBoundary || gradient.residual_variance[j] >= 0) continue;
    weights.residual_variance[j] = 0;
    at_boundary[static_cast<std::size_t>(j)] = true;
  }
}

struct Search {
  Weights weights;
  std::vector<bool> at_boundary;
  MatrixXd information;
  bool converged = false;
};

Search Maximise(const Cohort& cohort, const Pattern& free, bool hold_correlation, Weights weights) {
  constexpr int kMostEmSteps = 300;
  constexpr double kEmGain = 1e-3;  // of the loglikelihood; Newton does the rest
  double loglik = LogLikelihood(weights, cohort);
  for (int step = 0; step < kMostEmSteps; ++step) {
    StepByEm(cohort, free, hold_correlation, weights);
    const double before = std::exchange(loglik, LogLikelihood(weights, cohort));
    if (loglik - before < kEmGain) break;
  }
  std::vector<bool> at_boundary(static_cast<std::size_t>(free.rows()), false);
  constexpr int kMostNewtonSteps = 60;
  constexpr double kRiseLeft = 1e-9;  // half of gᵀ I⁻¹ g: what the loglikelihood could still gain
  for (int step = 0; step < kMostNewtonSteps; ++step) {
    PinBoundaries(cohort, weights, at_boundary);
    const Coordinates coordinates(free, at_boundary, hold_correlation);
    MatrixXd information = coordinates.Information(weights, cohort);
    const VectorXd slope = coordinates.Slope(weights, cohort);
    Eigen::LLT<MatrixXd> factor(information);
    if (factor.info() == Eigen::Success && 0.5 * slope.dot(factor.solve(slope)) < kRiseLeft) {
      return {std::move(weights), std::move(at_boundary), std::move(information), true};
    }
    // Away from the optimum the information may be indefinite: added to its diagonal until a step goes up (Levenberg).
    double damping = factor.info() == Eigen::Success ? 0 : 1e-3;
    loglik = LogLikelihood(weights, cohort);
    constexpr double kMostDamping = 1e9;
    bool moved = false;
    while (!moved && damping < kMostDamping) {
      MatrixXd damped = information;
      damped.diagonal() += damping * (information.diagonal().cwiseAbs().array() + 1).matrix();
      factor.compute(damped);
      if (factor.info() == Eigen::Success) {
        Weights next = coordinates.Moved(weights, factor.solve(slope));
        if (LogLikelihood(next, cohort) >= loglik) {
          weights = std::move(next);
          moved = true;
        }
      }
      damping = std::max(1e-3, 10 * damping);
    }
    if (!moved) break;
  }
  const Coordinates coordinates(free, at_boundary, hold_correlation);
  MatrixXd information = coordinates.Information(weights, cohort);
  return {std::move(weights), std::move(at_boundary), std::move(information), false};
}

/// A column's own scale: estimates are moved to mean 0 and variance 1 for the search, and back.
struct Scale {
  VectorXd mean;
  VectorXd sd;
};

core::Result<Scale> ScaleOf(const Cohort& cohort) {
  const Index columns = cohort.estimates.cols();
  Scale scale{.mean = VectorXd::Zero(columns), .sd = VectorXd::Zero(columns)};
  for (Index j = 0; j < columns; ++j) {
    const std::string& id = cohort.components[static_cast<std::size_t>(j)];
    std::vector<double> values;
    for (Index i = 0; i < cohort.estimates.rows(); ++i) {
      const double y = cohort.estimates(i, j);
      if (std::isnan(y)) continue;
      const double se = cohort.standard_errors(i, j);
      if (!std::isfinite(y) || !std::isfinite(se) || !(se > 0)) {
        return Refuse("\"" + id + "\" has an estimate without a standard error above 0.",
                      "Give every estimate its standard error, or leave both out.");
      }
      values.push_back(y);
    }
    const Eigen::Map<const VectorXd> all(values.data(), static_cast<Index>(values.size()));
    if (!values.empty()) scale.mean[j] = all.mean();
    if (!values.empty()) scale.sd[j] = std::sqrt((all.array() - scale.mean[j]).square().mean());
    if (!(scale.sd[j] > 0)) {
      return Refuse("\"" + id + "\" is the same for everybody, or nobody has it.", "Leave this column out.");
    }
  }
  return scale;
}

core::Result<std::vector<const Component*>> FindComponents(const Map& map, const Cohort& cohort) {
  std::vector<const Component*> found;
  for (const std::string& id : cohort.components) {
    const Component* match = nullptr;
    for (const Indicator& indicator : map.indicators) {
      for (const Component& component : indicator.components) {
        if (component.id == id) match = &component;
      }
    }
    if (match == nullptr) {
      return Refuse("The map knows no component \"" + id + "\".", "Use the ids of content/map.json.");
    }
    if (std::ranges::find(found, match) != found.end()) {
      return Refuse("\"" + id + "\" is there twice.", "Give every component one column.");
    }
    found.push_back(match);
  }
  return found;
}

/// The map's own numbers, in the columns' scale. Of a column's variance, what is neither error nor told by the axes is
/// its own, and at least a fifth, so that the search starts inside.
Weights StartAt(const std::vector<const Component*>& components, double correlation, const Cohort& standard,
                const Scale& scale) {
  const auto columns = static_cast<Index>(components.size());
  Weights start{.centre = VectorXd::Zero(columns),
                .loading = Eigen::MatrixX2d(columns, 2),
                .residual_variance = VectorXd(columns),
                .correlation = correlation};
  for (Index j = 0; j < columns; ++j) {
    const Vector2d loading = components[static_cast<std::size_t>(j)]->loading / scale.sd[j];
    const double told = loading.dot(SpreadOf(correlation) * loading);
    double error = 0;
    double count = 0;
    for (Index i = 0; i < standard.estimates.rows(); ++i) {
      if (std::isnan(standard.estimates(i, j))) continue;
      error += standard.standard_errors(i, j) * standard.standard_errors(i, j);
      count += 1;
    }
    constexpr double kLeastOwn = 0.2;
    start.loading.row(j) = loading.transpose();
    start.residual_variance[j] = std::max(kLeastOwn, 1 - error / count - told);
  }
  return start;
}

Cohort Standardised(const Cohort& cohort, const Scale& scale) {
  Cohort standard = cohort;
  standard.estimates.rowwise() -= scale.mean.transpose();
  standard.estimates.array().rowwise() /= scale.sd.transpose().array();
  standard.standard_errors.array().rowwise() /= scale.sd.transpose().array();
  return standard;
}

/// Standard errors in the columns' own units.
void SetErrors(const Search& search, const Coordinates& coordinates, const MatrixXd& covariance, const Scale& scale,
               Calibration& calibration) {
  using Kind = Coordinates::Kind;
  calibration.errors.resize(calibration.components.size());
  for (Index c = 0; c < coordinates.size(); ++c) {
    const auto [kind, j] = coordinates.list()[static_cast<std::size_t>(c)];
    const double error = std::sqrt(covariance(c, c));
    ComponentErrors& errors = calibration.errors[static_cast<std::size_t>(j)];
    switch (kind) {
      case Kind::kCentre:
        errors.centre = scale.sd[j] * error;
        break;
      case Kind::kAutonomy:
        errors.autonomy = scale.sd[j] * error;
        break;
      case Kind::kConnection:
        errors.connection = scale.sd[j] * error;
        break;
      case Kind::kLogResidual:  // d θ = θ d log θ
        errors.residual_variance = scale.sd[j] * scale.sd[j] * search.weights.residual_variance[j] * error;
        break;
      case Kind::kFisherZ:  // d ρ = (1 − ρ²) dz
        calibration.correlation_error = (1 - search.weights.correlation * search.weights.correlation) * error;
        break;
    }
  }
}

Map Calibrated(Map map, const std::vector<std::string>& components, const Weights& weights, int people) {
  if (map.status != "calibrated") map.id += "-calibrated";
  map.status = "calibrated";
  map.source = "Calibrated on " + std::to_string(people) + " people.";
  map.correlation = weights.correlation;
  for (Indicator& indicator : map.indicators) {
    for (Component& component : indicator.components) {
      const auto found = std::ranges::find(components, component.id);
      if (found == components.end()) continue;
      const auto j = static_cast<Index>(found - components.begin());
      component.centre = weights.centre[j];
      component.loading = weights.loading.row(j).transpose();
      component.residual_variance = weights.residual_variance[j];
    }
  }
  return map;
}

}  // namespace

double LogLikelihood(const Weights& weights, const Cohort& cohort) {
  const People people(cohort, weights);
  double loglik = 0;
  for (Index i = 0; i < cohort.estimates.rows(); ++i) loglik += people.Of(i).loglik;
  return loglik;
}

core::Result<Calibration> Calibrate(const Map& theory, const Cohort& cohort, const CalibrationOptions& options) {
  const std::vector<const Component*> components = SELVEDGE_TRY(FindComponents(theory, cohort));
  const Scale scale = SELVEDGE_TRY(ScaleOf(cohort));
  const Cohort standard = Standardised(cohort, scale);
  const auto columns = static_cast<Index>(components.size());
  const Weights start = StartAt(components, theory.correlation, standard, scale);
  const Pattern free = start.loading.array() != 0;
  if (columns == 0 || !free.col(kAutonomy).any() || !free.col(kConnection).any()) {
    return Refuse("No column tells about one of the two axes.",
                  "Give at least own_ground and open_door, which define them.");
  }
  const auto people = static_cast<int>((!cohort.estimates.array().isNaN()).rowwise().any().count());
  const Coordinates all(free, std::vector<bool>(components.size(), false), options.hold_correlation);
  if (people <= all.size()) {
    return Refuse(
        "There are " + std::to_string(people) + " people for " + std::to_string(all.size()) + " numbers to estimate.",
        "Give more people, or fewer columns.");
  }
  Search search = Maximise(standard, free, options.hold_correlation, start);

  const Coordinates coordinates(free, search.at_boundary, options.hold_correlation);
  const VectorXd inverse_root = search.information.diagonal().cwiseAbs().cwiseSqrt().cwiseInverse();
  const MatrixXd scaled = inverse_root.asDiagonal() * search.information * inverse_root.asDiagonal();
  constexpr double kSingular = 1e-6;  // of an information matrix with a diagonal of ones
  const Eigen::SelfAdjointEigenSolver<MatrixXd> parts(scaled, Eigen::EigenvaluesOnly);
  if (!scaled.allFinite() || !(parts.eigenvalues().minCoeff() > kSingular)) {
    return Refuse("These columns do not settle the numbers: others fit them as well.",
                  "Give columns that tell about one axis alone, more people, or hold the correlation of the axes.");
  }
  const MatrixXd covariance =
      search.information.llt().solve(MatrixXd::Identity(coordinates.size(), coordinates.size()));

  Weights weights = search.weights;
  weights.centre = scale.mean + scale.sd.cwiseProduct(weights.centre);
  weights.loading = scale.sd.asDiagonal() * weights.loading;
  weights.residual_variance = weights.residual_variance.cwiseProduct(scale.sd.cwiseAbs2());
  Calibration calibration{.map = Calibrated(theory, cohort.components, weights, people),
                          .weights = weights,
                          .components = cohort.components,
                          .errors = {},
                          .correlation_error = {},
                          .loglik = LogLikelihood(weights, cohort),
                          .people = people,
                          .converged = search.converged};
  SetErrors(search, coordinates, covariance, scale, calibration);
  return calibration;
}

core::Json CalibrationJson(const Calibration& calibration, const std::string& source) {
  const auto or_null = [](const std::optional<double>& error) { return error ? core::Json(*error) : core::Json(); };
  Map map = calibration.map;
  map.source += " " + source;
  core::Json components = core::Json::Array();
  for (std::size_t j = 0; j < calibration.components.size(); ++j) {
    const auto row = static_cast<Index>(j);
    const Weights& weights = calibration.weights;
    const ComponentErrors& errors = calibration.errors[j];
    const auto number = [&](double estimate, const std::optional<double>& error) {
      return core::Json::Object().Set("estimate", estimate).Set("se", or_null(error));
    };
    components.Push(core::Json::Object()
                        .Set("id", calibration.components[j])
                        .Set("centre", number(weights.centre[row], errors.centre))
                        .Set("autonomy", number(weights.loading(row, kAutonomy), errors.autonomy))
                        .Set("connection", number(weights.loading(row, kConnection), errors.connection))
                        .Set("residual_variance", number(weights.residual_variance[row], errors.residual_variance)));
  }
  return MapJson(map).Set("calibration", core::Json::Object()
                                             .Set("people", calibration.people)
                                             .Set("loglik", calibration.loglik)
                                             .Set("converged", calibration.converged)
                                             .Set("correlation", core::Json::Object()
                                                                     .Set("estimate", calibration.weights.correlation)
                                                                     .Set("se", or_null(calibration.correlation_error)))
                                             .Set("components", std::move(components)));
}

}  // namespace selvedge::leaning
