"""Where facts go: JSON, JSON Lines, CSV, TSV, Markdown and text, and the schemas of them.

A writer turns a report into bytes or text and opens nothing; `file` alone touches the disk.
"""
