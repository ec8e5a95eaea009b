"""Services of the indicators app."""
