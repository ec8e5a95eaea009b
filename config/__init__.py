"""The house: settings, urls, middleware, formats, and the commands that span apps."""
