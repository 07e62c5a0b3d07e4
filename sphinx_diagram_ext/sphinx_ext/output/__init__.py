"""Files beside the pages: style sheets and scripts, images, ``diagrams.json``."""
