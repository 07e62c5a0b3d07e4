"""Pictures: from a checked diagram to the SVG that is kept."""
