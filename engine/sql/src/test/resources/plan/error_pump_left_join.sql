CREATE PUMP p AS INSERT INTO per_minute (symbol, volume) SELECT STREAM t.symbol, o.amount FROM trades t LEFT JOIN orders o ON t.symbol = o.customer
----
ERROR INVALID_STATEMENT: LEFT JOIN without a limit on time takes rows back when a partner comes, and stream 'per_minute' only takes what stays (line 1, column 115)
HINT say in ON how far apart the times may be (AND b.ROWTIME BETWEEN a.ROWTIME AND a.ROWTIME + INTERVAL '5' MINUTE), join windows on window_start and window_end, or create a materialized view
