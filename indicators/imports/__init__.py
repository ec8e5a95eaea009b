"""Reading what comes back in files."""
