"""What can be called, and with what; heavy imports wait inside, so that `obc --help` starts at once."""
