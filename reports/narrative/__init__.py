"""Sentences of reports, from values only and bound to them: nothing is invented, and no number stands unbound."""
