SELECT symbol, SUM(quantity) OVER (ORDER BY symbol RANGE 1 PRECEDING) FROM trades
----
ERROR INVALID_STATEMENT: data type of ORDER BY prohibits use of RANGE clause (line 1, column 58)
