"""Incremental builds: which pages were read and written from what."""
