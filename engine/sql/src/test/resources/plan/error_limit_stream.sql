SELECT STREAM symbol FROM trades LIMIT 5
----
ERROR UNSUPPORTED: LIMIT and OFFSET in a query that goes on are not supported (line 1, column 40)
HINT leave out STREAM for an answer that ends, or read as many rows as you want and close it
