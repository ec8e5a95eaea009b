"""What the pages of the units app show."""
