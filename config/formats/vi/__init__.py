"""Vietnamese formats, where those of Django are wrong."""
