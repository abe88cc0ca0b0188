#!/usr/bin/env python3
"""The words two people compare: 1024, short, and none within one letter of another, so that a slip is heard."""

import re
import sys
from pathlib import Path


def one_off(word):
    """Every string one letter away or with two neighbours swapped, as patterns that two such words share."""
    yield from (word[:i] + "_" + word[i + 1 :] for i in range(len(word)))  # another letter
    yield from (word[:i] + "_" + word[i:] for i in range(len(word) + 1))  # one letter more


def too_close(words):
    seen = {}
    for word in words:
        for pattern in set(one_off(word)):
            other = seen.setdefault(pattern, word)
            if other != word:
                yield other, word
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :]: word for word in words for i in range(len(word) - 1)}
    yield from ((swapped[word], word) for word in words if word in swapped and swapped[word] != word)


def main():
    words = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    assert sorted(too_close(["cat", "cut"])) and sorted(too_close(["cat", "cart"])) and sorted(too_close(["form", "from"]))
    assert not sorted(too_close(["cat", "dog"]))
    assert len(words) == 1024, len(words)
    assert words == sorted(set(words)), "in order, each once"
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in words)
    assert not (close := sorted(too_close(words))), close


if __name__ == "__main__":
    main()
