"""The Sphinx side: thin, and the only part that imports Sphinx."""
