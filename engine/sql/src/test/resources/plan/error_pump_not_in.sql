CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM trades WHERE symbol NOT IN (SELECT 'x' FROM orders)
----
ERROR INVALID_STATEMENT: NOT IN (subquery) takes rows back when an equal one comes, or NULL, and stream 'per_minute' only takes what stays (line 1, column 89)
HINT write NOT EXISTS and compare the times of both sides (WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.x = a.x AND b.ROWTIME BETWEEN a.ROWTIME AND a.ROWTIME + INTERVAL '5' MINUTE)), or create a materialized view
