"""`python -m knutepunkt` is the same as the console script `knutepunkt`."""

from knutepunkt.config.command import main

main()
