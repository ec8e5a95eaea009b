"""Pages of the indicators app: entry, the two checks, definitions."""
