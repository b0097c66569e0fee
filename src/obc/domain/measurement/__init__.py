"""Who is counted and how: records, segmentation, indicators."""
