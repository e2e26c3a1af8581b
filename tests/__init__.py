"""The tests: they mirror `src`, with the house rules in `house` and what a browser sees in `browser`."""
