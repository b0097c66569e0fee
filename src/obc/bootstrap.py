"""The one place where parts are plugged together."""
