#include "numerics/chi_square.h"

#include <cmath>
#include <numbers>

namespace selvedge::numerics {

double ChiSquareTail(double x, int degrees) {
  if (x <= 0) return 1;
  const double half = x / 2;
  const bool odd = degrees % 2 == 1;
  // Even: Σ_{j < ν/2} e^{−h} h^j / j!. Odd: erfc(√h) + Σ_{j < (ν−1)/2} e^{−h} h^{j+½} / Γ(j + 3/2), with h = x / 2.
  double sum = odd ? std::erfc(std::sqrt(half)) : 0;
  double log_term = odd ? 0.5 * std::log(half) - half - std::log(std::sqrt(std::numbers::pi) / 2) : -half;
  double next = odd ? 1.5 : 1;  // what the next term divides by
  for (int j = 0; j < degrees / 2; ++j) {
    sum += std::exp(log_term);
    log_term += std::log(half / next);
    next += 1;
  }
  return std::fmin(sum, 1);
}

}  // namespace selvedge::numerics
