SELECT symbol, COUNT(*) FROM trades GROUP BY symbol EMIT ON UPDATE
----
ERROR INVALID_STATEMENT: EMIT in a query that ends (line 1, column 1)
HINT write SELECT STREAM, or leave EMIT out: all is given at the end
