"""Patterns that find any of many plain words, the longest first, fast however many there are.

The words are factored by their beginnings (by their ends for a pattern that reads backwards), so that a character
which begins none of them costs one look.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import regex

Tree: TypeAlias = "dict[str, Tree]"
END = ""  # in a tree: a word ends here


def join_words(words: Iterable[str], *, backwards: bool = False) -> str:
    """The source of a pattern that matches any of the words, the longest where several do.

    `backwards` for a pattern with the flag (?r), which is matched from its end.

    >>> join_words(["增加", "增加到", "减少"])
    '(?:减少|增加到?)'
    >>> regex.compile("(?r)" + join_words(["到", "增加到"], backwards=True)).match("产值增加到")[0]
    '增加到'
    """
    tree: Tree = {}
    for word in words:
        node = tree
        for character in reversed(word) if backwards else word:
            node = node.setdefault(character, {})
        node[END] = {}
    return write_tree(tree, backwards)


def write_tree(tree: Tree, backwards: bool) -> str:
    branches, single = [], []
    for character in sorted(tree.keys() - {END}):
        rest = write_tree(tree[character], backwards)
        own = regex.escape(character)
        if rest:
            branches.append(rest + own if backwards else own + rest)
        else:
            single.append(own)
    if single:
        branches.append(single[0] if len(single) == 1 else f"[{''.join(single)}]")
    if not branches:
        return ""
    optional = "?" if END in tree else ""
    if len(branches) == 1 and (not optional or len(branches[0]) == 1 or branches[0].startswith("[")):
        return branches[0] + optional
    return f"(?:{'|'.join(branches)}){optional}"
