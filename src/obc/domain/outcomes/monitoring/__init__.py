"""Monitoring: what is a signal, how it compares, and what is paid for chance."""
