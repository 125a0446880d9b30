SELECT STREAM symbol, SUM(quantity) OVER (PARTITION BY symbol) FROM trades
----
ERROR UNSUPPORTED: OVER without ORDER BY in a query that goes on is not supported: it sees rows that are yet to come (line 1, column 23)
HINT leave out STREAM for an answer that ends, or write OVER (PARTITION BY … ORDER BY ROWTIME RANGE INTERVAL '1' MINUTE PRECEDING)
