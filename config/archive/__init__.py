"""One archive of an installation: every row and every uploaded file, readable on either engine.

A zip of `tables/<model>.jsonl` (one list of column values a line), `files/…` and a `manifest.json` that holds the
versions of the tables, the counts and the SHA-256 of every part. Sessions stay out: a restored office logs in again.
"""
