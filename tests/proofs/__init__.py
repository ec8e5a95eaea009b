"""Other places than the demo's, set up by files through the pages of the program and walked from end to end."""
