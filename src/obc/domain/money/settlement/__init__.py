"""Ledger, settlement, statement, restatement."""
