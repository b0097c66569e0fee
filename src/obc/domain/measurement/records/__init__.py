"""The tables we ask for, their codes and their mapping from an extract."""
