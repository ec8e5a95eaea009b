"""Tables of the indicators app: frozen rows with their text, a fixed number of queries each."""
