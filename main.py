"""Starts Evidence Coder: the same program as the command `evidence-coder`."""

from coder.__main__ import main

if __name__ == "__main__":
    main()
