"""Configuration of this documentation (https://www.sphinx-doc.org/en/master/usage/configuration.html)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sphinx_diagram_ext import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "sphinx-diagram-ext"
author = "The sphinx-diagram-ext authors"
copyright = "2026, the sphinx-diagram-ext authors"
version = release = __version__
# The course is written in Russian and translated to English; the guide is English on both sites.
language = os.environ.get("READTHEDOCS_LANGUAGE", "ru")
locale_dirs = ["locales"]

extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinx_diagram_ext",
    "reference",
    "course",
    "book",
]
exclude_patterns = ["_build", "_ext", "examples", "own", "locales"]
templates_path = ["_templates"]
numfig = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

cdc_diagram_types = ["own"]
cdc_diagram_path = ["own", "../data", "examples", "../sphinx_diagram_ext/templates"]
cdc_diagram_plan = "../data/atlas/plan.yaml"

copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = False

html_theme = "furo"
html_title = project
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_static_path = ["_static"]
html_css_files = [("print.css", {"media": "print"}), "site.css"]
html_js_files = [("scrolling.js", {"defer": "defer"})]
html_theme_options = {"navigation_with_keys": True}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/language.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}

# The course is Russian: XeLaTeX and fonts with Cyrillic letters.
latex_engine = "xelatex"
# Read the Docs calls latexmk without what xindy needs to know
# (https://github.com/readthedocs/readthedocs.org/issues/5476); makeindex needs nothing.
latex_use_xindy = False
latex_elements = {
    "fontpkg": r"""
\setmainfont{DejaVu Serif}
\setsansfont{DejaVu Sans}
\setmonofont{DejaVu Sans Mono}[Scale=0.85]
""",
    # Names of metrics are longer than a column of a table, and some patterns than a line.
    "preamble": r"""
\let\plainsphinxcode\sphinxcode
\let\plainunderscore\_
\let\plainbrace\{
\protected\def\sphinxcode#1{\begingroup
  \def\_{\plainunderscore\allowbreak}\def\{{\plainbrace\allowbreak}\plainsphinxcode{#1}\endgroup}
""",
    "sphinxsetup": "verbatimforcewraps=true",
}
latex_documents = [("index", "sphinx-diagram-ext.tex", project, author, "manual")]
man_pages = [("index", "sphinx-diagram-ext", "diagrams as data in a Sphinx site", author, 7)]

epub_show_urls = "footnote"
# Tables of contents are hidden on pages; a book has one of its own.
epub_tocscope = "includehidden"
epub_description = "Diagrams as data for Sphinx: guide, reference, a course on running change data capture, an atlas"
epub_identifier = "sphinx-diagram-ext"
epub_uid = "sphinx-diagram-ext"
epub_scheme = "name"
gettext_compact = False
gettext_uuid = False
