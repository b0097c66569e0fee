"""Gates: who decides whether a programme goes on, on what evidence, and when the next decision is due."""
