"""How the site is built: ``python -m sphinx -W docs docs/_build/html``."""

import aligner

project = "aligner"
author = "the aligner contributors"
version = release = aligner.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
highlight_language = "none"
myst_heading_anchors = 3

default_role = "literal"
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
add_module_names = False

html_theme = "furo"
html_title = f"aligner {version}"
html_copy_source = False
html_show_sphinx = False
