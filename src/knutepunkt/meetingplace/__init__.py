"""The meeting place: a centre's week, its rooms and equipment, and what its people decide together."""
