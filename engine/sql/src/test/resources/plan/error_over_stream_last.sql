SELECT STREAM symbol, LAST_VALUE(quantity) OVER (PARTITION BY symbol ORDER BY ROWTIME ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM trades
----
ERROR UNSUPPORTED: a frame up to the last row in a query that goes on is not supported: nobody knows which will be the last (line 1, column 23)
HINT leave out STREAM for an answer that ends, or end the frame some rows or a time behind the row: 3 FOLLOWING
