"""The same records, segments and indicators on Spark: for data that does not fit one machine."""
