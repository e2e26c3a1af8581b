"""The room's methods: what a note of each kind holds, reading it, and what stands on the line."""
