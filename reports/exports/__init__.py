"""Exports: the rows of a report as the bytes of an Excel or PDF file. No query."""
