"""Reading and checking records: the files of an extract to the logical tables, with everything that is wrong."""
