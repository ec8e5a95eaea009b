"""Names on letters, workbooks and slips of the units app: rows in, bytes out."""
