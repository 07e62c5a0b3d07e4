"""Build-wide tools: the catalog, the engine and the cache of one build, and the account of what it wrote."""
