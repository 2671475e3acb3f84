"""The whole inquiry going out to other programs, and theirs coming in."""
