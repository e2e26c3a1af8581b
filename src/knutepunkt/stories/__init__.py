"""The experience library: lived experience as knowledge, with its owners in charge."""
