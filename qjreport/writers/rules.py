"""docs/rules.md: every rule by its name, what it gives and what it says."""

from __future__ import annotations

from qjreport.lexicon.rules import Rules

HEAD = """# The rules

Every fact names the rules that read it (`rules`), and `qjreport explain` shows beside each field the rule that gave it:

    qjreport explain page.html --fact ID
    qjreport explain --text "办复提案近200件，办复率98%以上。"

Written by `make golden` from `qjreport/lexicon/rules.toml`. A name begins with its family; `why` is the reason why a
number is no fact.
"""


def write_rules_markdown(rules: Rules) -> str:
    """The document, a table for each family."""
    parts = [HEAD]
    for family, (english, chinese) in rules.families.items():
        parts.append(f"\n## {family}\n\n{english} · {chinese}\n\n| rule | gives | |\n| --- | --- | --- |\n")
        for name, rule in rules.rules.items():
            if name.partition(".")[0] == family:
                parts.append(f"| `{name}` | {', '.join(rule.gives)} | {rule.en}<br>{rule.zh} |\n")
    return "".join(parts)
