"""The pages, by what they are about. Each serves a decision of somebody named in its description."""
