"""Methods with a source: small, pure, checked against others."""
