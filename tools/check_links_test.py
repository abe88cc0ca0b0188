#!/usr/bin/env python3
"""A check that cannot fail is no check: feeds check_links.py links that are alive and links that are not."""

import pathlib
import tempfile
import unittest

import check_links

DOCS = {
    "README.md": "# Selvedge\n",
    "docs/a page.md": "# First\n\n## Twice\n\n## Twice\n\n<a id=\"own\"></a>\n\n"
                      "## What `read` says, and *why*\n\n```\n# Not a heading\n```\n",
    "docs/code.cc": "one\ntwo\n",
}


class CheckLinks(unittest.TestCase):
    def found(self, text):
        with tempfile.TemporaryDirectory() as root:
            for name, content in {**DOCS, "README.md": "# Selvedge\n\n" + text}.items():
                path = pathlib.Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
            check_links.anchors.cache_clear()
            return check_links.complaints(root)

    def test_links_that_are_alive(self):
        for link in ["[a](docs/code.cc)", "[a](docs/)", "[a](#selvedge)", "[a](docs/a%20page.md#first)",
                     "[a](<docs/a page.md#twice-1>)", "[a](docs/a%20page.md#own)", "![a](docs/code.cc 'title')",
                     "[a](docs/a%20page.md#what-read-says-and-why)", "[a](docs/code.cc#L2)",
                     "[a]: docs/code.cc", '<img src="docs/code.cc">', "[a](https://example.org/nothing#here)",
                     "[a](mailto:someone@example.org)"]:
            with self.subTest(link):
                self.assertEqual(self.found(link), [])

    def test_links_that_are_dead(self):
        for link in ["[a](docs/absent.md)", "[a](docs/Code.cc)", "[a](#absent)", "[a](docs/a%20page.md#twice-2)",
                     "[a](docs/a%20page.md#not-a-heading)", "[a](/docs/code.cc)", "[a](../outside.md)",
                     "[a](docs/code.cc#L3)", "[a]: docs/absent.cc", '<a href="docs/absent.cc">a</a>',
                     "![a](docs/absent.png \"title\")", "[![a](docs/code.cc)](docs/absent.md)"]:
            with self.subTest(link):
                found = self.found(link)
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith("README.md:3: "), found)

    def test_code_is_not_read_as_links(self):
        alive = "[a](docs/code.cc)\n"
        self.assertEqual(self.found(alive + "`[a](absent)` and\n```\n[a](absent)\n```\n"), [])
        self.assertEqual(len(self.found(alive + "```\ncode\n```\n[a](absent)\n")), 1)

    def test_no_links_at_all_is_no_success(self):
        self.assertEqual(len(self.found("plain text")), 1)


if __name__ == "__main__":
    unittest.main()
