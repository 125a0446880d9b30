SELECT symbol, COUNT(*) FROM trades GROUP BY ROLLUP (symbol)
----
ERROR UNSUPPORTED: ROLLUP is not supported yet (line 1, column 46)
HINT write one query for each grouping and bring them together with UNION ALL
