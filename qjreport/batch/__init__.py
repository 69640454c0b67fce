"""Archives: thousands of inputs → a dataset, which a killed run leaves whole and the next run goes on with.

In the order of a run: `request` says what is wanted; `listing` lists the inputs; `plan` cuts them into shards; `resume`
finds what earlier runs left to do; `dispatch` hands the inputs out in tasks to `workers` of this machine or of a
`cluster`, which do what `task` says; `parts` writes the files of a shard, `ledger` remembers that it is done;
`duplicates` compares the signatures of all documents; `renewal` puts a new version in the place of the old one. `run`
calls them all. `dataset` reads what is there, `home` says where.
"""


class BatchError(Exception):
    """A batch that cannot begin or go on: what is wrong and what to do, for a person."""


class StoppedError(Exception):
    """Ctrl-C: what was begun is committed, the rest is for the next run."""
