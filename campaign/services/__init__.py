"""Services of the campaign app."""
