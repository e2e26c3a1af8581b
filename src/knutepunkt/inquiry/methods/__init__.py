"""The room's pure computation: anchors, runs of words, agreement. No database, no request."""
