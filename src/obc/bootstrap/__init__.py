"""The one place where parts are plugged together, a file to each stretch of the way."""
