"""How the engines that are asked say what the queries mean."""
