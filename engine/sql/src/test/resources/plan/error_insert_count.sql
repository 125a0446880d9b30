INSERT INTO per_minute VALUES ('a', 1)
----
ERROR INVALID_STATEMENT: the query has 2 columns, and 3 of 'per_minute' are to be written (line 1, column 24)
HINT name the columns: INSERT INTO per_minute (column, …)
