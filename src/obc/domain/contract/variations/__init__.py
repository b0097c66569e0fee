"""How a contract changes: variations that the parties agreed, and scenarios that nobody did."""
