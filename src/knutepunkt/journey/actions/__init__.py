"""What people do on a journey: keeping notes, sharing parts, talking together."""
