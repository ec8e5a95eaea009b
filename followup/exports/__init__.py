"""A reminder on its ways: plain text for Zalo and e-mail, and the official letter in PDF and Word."""
