"""Pages and downloads of the reports app."""
