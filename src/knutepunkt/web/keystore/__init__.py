"""The key store: wrapped keys and the list of withdrawals, in a database of their own.

It shares no folder and no backup with the data, so that a destroyed key leaves old backups dark
and a restored backup can be told again what has been withdrawn. `sealing` is its door.
"""
