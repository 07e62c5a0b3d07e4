"""Entry point of ``python -m sphinx_diagram_ext``, which is the command ``cdc-diagram``."""

from __future__ import annotations

import sys

from sphinx_diagram_ext.cli.main import main

sys.exit(main())
