"""Reads a campaign document into paragraphs, footnotes, citations and numbers with their parts; pure, no guess kept."""
