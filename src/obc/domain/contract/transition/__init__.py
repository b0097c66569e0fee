"""From today's contracts to this one: passages, mobilisation, conditions precedent, going live; reviews of quality."""
