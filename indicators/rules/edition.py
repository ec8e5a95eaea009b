"""The edition of the rules: kept with every frozen report, raised when a rule changes what a number means."""

CALCULATION = "1"
