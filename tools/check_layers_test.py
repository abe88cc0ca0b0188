#!/usr/bin/env python3
"""A check that cannot fail is no check: feeds check_layers.py trees that break each rule, and one that breaks none."""

import pathlib
import tempfile
import unittest

import check_layers

CLEAN = {
    "src/core/CMakeLists.txt": "selvedge_module(core\n  SOURCES json.cc\n  TESTS json_test.cc)\n",
    "src/core/json.h": "#pragma once\n\n#include <string>\n",
    "src/core/json.cc": '#include "core/json.h"\n#include <nlohmann/json.hpp>\n',
    "src/core/json_test.cc": '#include "core/json.h"\n#include <gtest/gtest.h>\n#include <fstream>\n',
    "src/numerics/CMakeLists.txt": "selvedge_module(numerics\n  USES core\n  SOURCES mean.cc)\n"
                                   "selvedge_embed(selvedge_numerics NAMESPACE n HEADER tables.h FILES a=b)\n",
    "src/numerics/mean.cc": '#include "core/json.h"\n#include "tables.h"\n#include <Eigen/Dense>\n#include <cmath>\n',
    "src/server/CMakeLists.txt": "selvedge_module(server USES core SOURCES http.cc)\n",
    "src/server/http.cc": '#include "core/json.h"\n#include <chrono>\n#include <boost/beast.hpp>\n',
    "apps/selvedge/main.cc": '#include "core/json.h"\n#include <iostream>\n',
}


class CheckLayers(unittest.TestCase):
    def found(self, files=None):
        """The complaints about CLEAN with the given files put in place of (or beside) its own."""
        with tempfile.TemporaryDirectory() as root:
            for name, text in {**CLEAN, **(files or {})}.items():
                path = pathlib.Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return check_layers.complaints(root)

    def expect(self, name, text, *expected):
        """Exactly these complaints, each given as its place and a part of its text."""
        found = self.found({name: text})
        self.assertEqual(len(found), len(expected), found)
        for complaint, (place, part) in zip(found, expected):
            self.assertTrue(complaint.startswith(place + ": "), complaint)
            self.assertIn(part, complaint)

    def test_a_clean_tree_has_no_complaints(self):
        self.assertEqual(self.found(), [])

    def test_an_earlier_layer_may_not_use_a_later_one(self):
        self.expect("src/core/json.cc", '\n#include "numerics/mean.h"\n',
                    ("src/core/json.cc:2", "core may not use numerics"))

    def test_the_engine_may_not_use_the_server(self):
        self.expect("src/core/json.h", '#include "server/http.h"\n', ("src/core/json.h:1", "core may not use server"))

    def test_every_forbidden_header_is_noticed_in_the_engine(self):
        for header in ["iostream", "fstream", "sstream", "cstdio", "chrono", "ctime", "thread", "mutex", "filesystem",
                       "random", "unistd.h", "sys/stat.h", "stdio.h", "fmt/core.h", "CLI/CLI.hpp", "spdlog/spdlog.h",
                       "boost/asio.hpp", "gtest/gtest.h"]:
            with self.subTest(header):
                self.expect("src/core/json.h", f"#pragma once\n#  include <{header}>\n",
                            ("src/core/json.h:2", f"<{header}>"))

    def test_only_one_file_touches_the_json_library(self):
        self.expect("src/core/json.h", "#include <nlohmann/json_fwd.hpp>\n", ("src/core/json.h:1", "core/json.h"))

    def test_tests_too_keep_the_order_of_layers(self):
        self.expect("src/core/json_test.cc", '#include "numerics/mean.h"\n',
                    ("src/core/json_test.cc:1", "core may not use numerics"))

    def test_what_is_used_must_be_declared(self):
        self.expect("src/numerics/CMakeLists.txt", "selvedge_module(numerics SOURCES mean.cc)\nHEADER tables.h\n",
                    ("src/numerics/mean.cc:1", "does not name in USES"))

    def test_what_is_declared_must_be_used(self):
        self.expect("src/numerics/mean.cc", "#include <cmath>\n",
                    ("src/numerics/CMakeLists.txt:1", "no source of numerics includes it"))

    def test_a_module_may_not_declare_a_later_one(self):
        self.expect("src/core/CMakeLists.txt", "\nselvedge_module(core USES server SOURCES json.cc TESTS json_test.cc)",
                    ("src/core/CMakeLists.txt:2", "not a layer before core"))

    def test_a_forgotten_file_is_noticed(self):
        self.expect("src/core/text_test.cc", "", ("src/core/text_test.cc:1", "nothing compiles it"))

    def test_climbing_out_is_noticed_everywhere(self):
        self.expect("apps/selvedge/main.cc", '#include "../src/core/json.h"\n',
                    ("apps/selvedge/main.cc:1", "climbs out"))

    def test_sources_may_not_know_the_programs(self):
        self.expect("src/server/http.cc", '#include "core/json.h"\n#include "apps/selvedge/main.h"\n',
                    ("src/server/http.cc:2", "belongs to a program"))
        self.expect("src/server/http.cc", '#include "core/json.h"\n#include "selvedge/main.h"\n',
                    ("src/server/http.cc:2", "belongs to a program"))

    def test_a_header_without_its_folder_is_noticed(self):
        self.expect("src/core/json.cc", '#include "json.h"\n', ("src/core/json.cc:1", "neither FOLDER/FILE"))

    def test_an_unknown_folder_is_noticed(self):
        self.expect("src/helpers/a.h", "#pragma once\n", ("src/helpers/a.h:1", "is no layer"))

    def test_an_empty_tree_is_no_success(self):
        with tempfile.TemporaryDirectory() as root:
            self.assertEqual(len(check_layers.complaints(root)), 1)


if __name__ == "__main__":
    unittest.main()
