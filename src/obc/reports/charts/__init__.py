"""Charts: each a picture, the sentence it stands for and the table behind it."""
