"""What the reports app writes, and the bytes that it hands out."""
