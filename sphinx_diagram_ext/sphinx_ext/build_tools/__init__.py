"""Build-wide tools: the catalog, the engine and the pictures of one build, and the account of what it wrote."""
