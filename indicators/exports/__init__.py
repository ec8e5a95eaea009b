"""Files of the indicators app: rows to bytes, no query."""
