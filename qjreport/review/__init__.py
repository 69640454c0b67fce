"""A person's judgement of an extraction: what was checked, what becomes of it, and how good the extraction is.

`corrections` is the file in which judgements are kept; `apply` puts them into tables and reports, `score` says by them
how good an extraction is, `agree` how far two people judge alike, `sample` draws what is worth judging.
"""
