"""Hands the command line to digest.cli."""

import sys

from digest.cli import main

if __name__ == "__main__":
    sys.exit(main())
