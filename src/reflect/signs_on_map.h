#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/result.h"
#include "instruments/adaptive.h"
#include "instruments/instrument.h"
#include "instruments/response.h"
#include "leaning/leaning.h"
#include "leaning/map.h"

/// The use case Reflect: a person answers Selvedge Signs, and the map says in words where these answers stand.
namespace selvedge::reflect {

/// Selvedge Signs, the map, and what ties the one's scales to the other's axes. Does not change once it is made.
class SignsOnMap {
 public:
  /// The questionnaire and the map Selvedge comes with.
  SignsOnMap();
  SignsOnMap(const SignsOnMap&) = delete;
  SignsOnMap& operator=(const SignsOnMap&) = delete;
  ~SignsOnMap() = default;

  [[nodiscard]] const instruments::Instrument& signs() const { return signs_; }
  [[nodiscard]] const leaning::Map& map() const { return map_; }
  [[nodiscard]] const instruments::AxesScorer& scorer() const { return scorer_; }

  /// What one questionnaire says on the map: the four scales jointly, their prior removed. The map's place for it has
  /// exactly the mean and covariance of AxesScorer::Score. Beside it, what question Q was answered with and what was
  /// found in the other.
  [[nodiscard]] core::Result<leaning::Told> ToldBy(const instruments::Response& response) const;

  /// Where the last of these questionnaires stands, with the others as its trail. Fear named in all of them together
  /// counts: an earlier season's is not undone by a later one.
  ///
  /// @param responses  of one person about one other, from the first to the last; at least one
  [[nodiscard]] core::Result<leaning::Leaning> Stand(std::span<const instruments::Response> responses) const;

 private:
  [[nodiscard]] core::Result<std::optional<leaning::Evidence>> EvidenceOf(const instruments::Response& response) const;

  instruments::Instrument signs_;
  leaning::Map map_;
  std::vector<std::size_t> scale_of_;  // of each component of the map's indicator
  instruments::AxesScorer scorer_;
};

/// "On 14 March 2026", as a sentence begins; empty where the date can't be read.
[[nodiscard]] std::string DayInWords(std::string_view authored);

}  // namespace selvedge::reflect
