"""Template tags of the units app."""
