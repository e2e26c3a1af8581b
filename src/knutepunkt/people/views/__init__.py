"""Pages of the room: signing in, the account, allauth's pages in our policy, the demo's door."""
