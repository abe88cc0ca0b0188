#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/random.h"
#include "vault/account.h"
#include "vaults/store.h"

namespace selvedge::vault {

/// What is deliberately wrong, to see that it would be noticed.
enum class Flaw {
  kNone,
  kForgetsWhatItSaw,      ///< devices keep no memory of what they saw
  kBelievesAnySignature,  ///< signatures are not checked
  kRepeatsKeys,           ///< randomness gives every key the same bytes
};

/// Three people, what they do at random, and beside it a model that says in plain sets who may read what.
class History {
 public:
  explicit History(std::uint64_t seed, Flaw flaw = Flaw::kNone);
  History(const History&) = delete;
  History& operator=(const History&) = delete;
  ~History();

  /// Takes random steps until something is not as the model says: that, or nothing.
  [[nodiscard]] std::optional<std::string> Run(std::size_t steps);

  /// How often it came to what matters.
  struct Counts {
    std::size_t copies_read = 0;
    std::size_t reads_refused = 0;
    std::size_t attacks = 0;
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }

  struct Matrix {
    std::size_t tried = 0;
    std::size_t own = 0;     ///< opened by their owner
    std::size_t shared = 0;  ///< opened by whom they were shared with
    std::vector<std::string> wrong;
  };

  /// Every key anybody ever held, against every ciphertext there ever was.
  [[nodiscard]] Matrix TryEveryKey();

 private:
  struct Person;
  struct Copies;
  struct Archive;
  using Who = std::size_t;

  // What can happen; each says what went wrong.
  using Trouble = std::optional<std::string>;
  Trouble Write();
  Trouble Delete();
  Trouble DeleteEverything();
  Trouble Rekey();
  Trouble Pair();
  Trouble Confirm();
  Trouble Notice();
  Trouble Grant();
  Trouble Publish();
  Trouble EndShare();
  Trouble Leave();
  Trouble NewDevice();
  Trouble HostileStore();
  Trouble HostileShare();

  Trouble Expect(bool expected, const char* what, Who who, const core::Result<Upload>& result);
  Trouble CheckOwn(Who who, Memory memory);
  Trouble CheckReading(Who reader, Who owner);
  Trouble CheckMailboxes();
  Trouble CheckAll();

  void Close(Who owner, Who reader);
  void Repost(Who owner, const std::function<bool(const Copies&)>& which);
  std::size_t Below(std::size_t count);
  std::pair<Who, Who> TwoOfThem();
  void Take(Who who, const Upload& upload);

  Flaw flaw_;
  Counts counts_;
  core::RandomStream dice_;
  std::unique_ptr<Primitives> primitives_;
  Store store_;
  std::vector<Person> people_;
  std::set<EnvelopeId> answers_;
  std::unique_ptr<Archive> archive_;
};

}  // namespace selvedge::vault
