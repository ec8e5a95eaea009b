"""Reading and writing Vietnamese numbers, dates and text. No model, no query."""
