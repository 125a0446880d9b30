SELECT STREAM symbol
FROM trades
ORDER BY symbol
----
ERROR UNSUPPORTED: ORDER BY in a query that goes on is not supported (line 3, column 1)
HINT add LIMIT for the first rows in the order, as they change; leave out STREAM for an answer that ends, or ORDER BY: rows come in the order of their streams
