"""Tests of the core, which needs no Sphinx."""
