"""Commands of the indicators app."""
