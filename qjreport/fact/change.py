"""A verb of change whose object stands between it and the number: 增加学位｜20万个."""

from __future__ import annotations

from typing import Final

from qjreport.fact.predicate import Predicate
from qjreport.fact.sentence import Sentence, counts_things
from qjreport.fact.words import Patterns
from qjreport.model import Quantity

CARRIED_KINDS: Final = ("kind.increase.object", "kind.decrease.object")
LONGEST_OBJECT: Final = 20


def take_change_head(
    sentence: Sentence, subject: str, quantity: Quantity, predicate: Predicate, patterns: Patterns, rules: list[str]
) -> str:
    """增加学位｜20万个: the verb of change whose object stands between it and the number."""
    if predicate.kind != "level" or predicate.verb or quantity.kind == "rank":
        return subject
    verb, behind = find_change_head(subject, counts_things(quantity), patterns)
    last = sentence.last()
    if not verb and last is not None and subject.startswith("、"):
        # 增加森林面积9万亩、｜森林蓄积40万立方米: the verb carries over
        carried = [rule for rule in CARRIED_KINDS if rule in last.rules]
        if carried:
            predicate.kind = last.kind
            rules.append(carried[0])
        return subject
    if not verb or not 2 <= len(subject) - behind <= LONGEST_OBJECT:
        return subject
    predicate.kind = "decrease" if verb in patterns.decrease else "increase"
    rules.append(f"kind.{predicate.kind}.object")
    return subject[behind:]


def find_change_head(subject: str, thing: bool, patterns: Patterns) -> tuple[str, int]:
    """The last verb of change that may have an object, and where that begins; "" for none."""
    found, behind, at = "", 0, 0
    heads = patterns.change_head
    while at < len(subject):
        if subject[at] not in heads.lengths or (at and subject[at - 1] == "新"):
            at += 1
            continue
        word = heads.at(subject, at, guard=patterns.not_changed)
        if not word:
            at += 1
            continue
        at += len(word)
        if subject[at : at + 1] == "了":
            at += 1
        if not (thing and word in patterns.rate_only):
            found, behind = word, at
    return found, behind
