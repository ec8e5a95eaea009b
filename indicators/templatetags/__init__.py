"""Template tags of the indicators app."""
