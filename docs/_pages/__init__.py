"""What the generated pages say, one module a page."""

from _pages.checks import checks_pages
from _pages.cli import cli_page

__all__ = ["checks_pages", "cli_page"]
