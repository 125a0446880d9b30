SELECT t.symbol FROM trades t JOIN orders o ON t.symbol = o.customer
----
ERROR UNSUPPORTED: joins are not supported yet (line 1, column 36)
HINT read one stream at a time, or bring the streams together with UNION ALL
