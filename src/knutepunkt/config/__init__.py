"""The roof: settings, root urls, the console script. It knows every room; no room knows it."""
