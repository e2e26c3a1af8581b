"""The demo hub's meeting places, invented."""
