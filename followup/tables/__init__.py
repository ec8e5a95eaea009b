"""What the pages and reports show of the followup app: frozen rows, every value with its text."""
