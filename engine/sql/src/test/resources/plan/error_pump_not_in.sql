CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM trades WHERE symbol NOT IN (SELECT 'x' FROM orders)
----
ERROR INVALID_STATEMENT: NOT EXISTS or EXCEPT without a limit on time takes rows back when a partner comes, and stream 'per_minute' only takes what stays (line 1, column 50)
HINT compare the times of both sides (… AND b.ROWTIME BETWEEN a.ROWTIME AND a.ROWTIME + INTERVAL '5' MINUTE), or create a materialized view
