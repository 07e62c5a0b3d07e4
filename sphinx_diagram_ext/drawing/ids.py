"""Names of what a picture is made of, before and after it has a place on a page."""

ANCHOR = "\U00100000"
"""Stands for the diagram's anchor in ids; a private-use character that no text may hold."""

OWN_ID = "cdc"
"""Prefix of every id in a picture until it has its diagram's anchor."""
