"""Transforms and post-transforms, one concern a file."""
