"""The room on paper."""
