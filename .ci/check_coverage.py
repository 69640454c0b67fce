"""Checks the share of branches that the tests run; coverage's own limit counts lines and branches together."""

import json
import sys

LEAST = 95  # per cent

totals = json.load(sys.stdin)["totals"]
covered, branches = totals["covered_branches"], totals["num_branches"]
share = 100 * covered / branches
lines = 100 * totals["covered_lines"] / totals["num_statements"]
print(f"{covered} of {branches} branches, {share:.2f} %; {lines:.2f} % of lines")
if share < LEAST:
    sys.exit(f"fewer than {LEAST} % of the branches were run")
