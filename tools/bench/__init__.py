"""The parts of `make bench`: invented data, a bare view to hold pages against, pages, actions, the real server."""
