SELECT STRING_AGG(DISTINCT symbol, ',' ORDER BY price) FROM trades
----
ERROR UNSUPPORTED: STRING_AGG with DISTINCT is ordered by something that is not its argument
HINT order by the argument, or leave out DISTINCT
