"""``python -m aligner`` is the command ``aligner``."""

from aligner.cli import entry

if __name__ == "__main__":
    entry()
