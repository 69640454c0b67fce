"""Archives: thousands of inputs → a dataset, crash-safe and resumable.

`plan` lists the inputs and cuts them into shards, `work` reads a few pages in a worker, `run` hands them out over a
`concurrent.futures.Executor` and commits what comes back, `ledger` remembers it, `link` finds duplicates.
"""
