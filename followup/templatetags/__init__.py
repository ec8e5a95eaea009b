"""What pages of other apps show of the followup app."""
