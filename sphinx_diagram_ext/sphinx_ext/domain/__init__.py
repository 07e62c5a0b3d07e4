"""Domain ``cdc``: its objects, references, roles and index page."""
