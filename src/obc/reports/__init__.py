"""Statement, scorecard, exports and charts."""
