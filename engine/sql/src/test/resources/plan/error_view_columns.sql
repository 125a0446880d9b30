CREATE MATERIALIZED VIEW v (a, b) AS SELECT symbol FROM trades
----
ERROR INVALID_STATEMENT: 2 column names for a query of 1 columns (line 1, column 26)
HINT name each column of the query once
