SELECT STREAM symbol, LEAD(quantity) OVER (PARTITION BY symbol ORDER BY ROWTIME) FROM trades
----
ERROR UNSUPPORTED: LEAD in a query that goes on is not supported: nobody knows when the rows behind will come (line 1, column 23)
HINT leave out STREAM for an answer that ends, or use LAG
