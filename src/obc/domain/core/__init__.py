"""What every room needs: the kernel (a closed list) and statistics."""
