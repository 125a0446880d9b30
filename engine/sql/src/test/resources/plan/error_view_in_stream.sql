SELECT STREAM * FROM totals
----
ERROR UNSUPPORTED: materialized view 'totals' in a query that goes on is not supported yet (line 1, column 1)
HINT leave out STREAM, or repeat the view's query over its streams
