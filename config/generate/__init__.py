"""Made-up campaigns of the real one's shape and of any size, for measuring; the same seed gives the same rows."""
