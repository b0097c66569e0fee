"""Finance: services and budgets by scope, growth, savings, the envelope, capitation, and how sure they are."""
