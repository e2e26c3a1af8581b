"""Pages of the ledger: for holders of a receipt code, and for people with an account."""
