#!/usr/bin/env python3
"""A check that cannot fail is no check: our clang-tidy settings must complain about each of these, and not about good code."""

import pathlib
import subprocess
import tempfile
import unittest

import check_tidy

GOOD = """
#include <string>
#include <utility>

namespace selvedge::core {

inline constexpr int kMost = 3;
enum class Kind { kOne, kTwo };

class Filter {
 public:
  explicit Filter(double start) : state_(start) {}
  [[nodiscard]] double Step(double A, double P_next, double dA) const {
    const double log_L = A * P_next + dA;
    const double Q = log_L + state_;
    return Q;
  }

 private:
  double state_;
};

}  // namespace selvedge::core
"""

BAD = {
    "readability-identifier-naming": [
        "double badFunction(); double badFunction() { return 1; }",
        "struct bad_type { int count = 0; };",
        "inline constexpr int most = 3;",
        "enum class Kind { One };",
        "class C { public: int Get() const { return count; } private: int count = 0; };",
        "double Twice(double myVariable); double Twice(double myVariable) { return 2 * myVariable; }",
        "#define OURS 1",
    ],
    "bugprone-use-after-move": [
        "#include <string>\n#include <utility>\n"
        "std::size_t F(std::string s); std::size_t F(std::string s) { const std::string t = std::move(s);"
        " return s.size() + t.size(); }",
    ],
    "bugprone-integer-division": ["double Half(int n); double Half(int n) { return n / 2; }"],
    "google-explicit-constructor": ["struct S { S(int n) : count(n) {} int count; };"],
    "cppcoreguidelines-pro-type-member-init": ["struct S { S() {} int count; };"],
    "cppcoreguidelines-init-variables": ["int F(bool b); int F(bool b) { int n; if (b) n = 1; else n = 2; return n; }"],
}


def findings(code, *options):
    build = check_tidy.ROOT / "build"  # clang-tidy finds its settings in the folders above a file
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=build) as folder:
        path = pathlib.Path(folder, "probe.cc")
        path.write_text(code, encoding="utf-8")
        return subprocess.run([check_tidy.TIDY, "--quiet", *options, path, "--", "-std=c++23"],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False).stdout


class CheckTidy(unittest.TestCase):
    def test_good_code_passes(self):
        self.assertEqual(findings(GOOD), "")

    def test_each_mistake_is_found(self):
        for check, codes in BAD.items():
            for code in codes:
                with self.subTest(code):
                    self.assertIn(f"[{check},-warnings-as-errors]", findings(code))

    def test_the_night_finds_what_needs_the_analyzer(self):
        said = findings("int F(); int F() { int* p = nullptr; return *p; }", f"--checks={check_tidy.NIGHTLY_CHECKS}")
        self.assertIn("[clang-analyzer-core.NullDereference,-warnings-as-errors]", said)


if __name__ == "__main__":
    unittest.main()
