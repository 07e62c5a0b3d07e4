"""Entry point of ``python -m sphinx_diagram_ext.cli``."""

from __future__ import annotations

import sys

from sphinx_diagram_ext.cli.main import main

sys.exit(main())
