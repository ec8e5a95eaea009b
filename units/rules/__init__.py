"""Rules of the units app: plain arithmetic on trees, texts and days."""
