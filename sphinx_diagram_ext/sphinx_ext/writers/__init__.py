"""Visitors of the nodes, a file an output format."""
