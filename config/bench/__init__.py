"""The bench: our pages and acts beside the least that the same machine could do, in turns, in one run."""
