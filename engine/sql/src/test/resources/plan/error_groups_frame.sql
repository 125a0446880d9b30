SELECT SUM(quantity) OVER (ORDER BY quantity GROUPS 1 PRECEDING) FROM trades
----
ERROR SYNTAX_ERROR: syntax error: frames of GROUPS are not there: compute DENSE_RANK() OVER (PARTITION BY … ORDER BY …) AS g in a subquery in FROM, and write ORDER BY g RANGE in place of GROUPS above it (line 1, column 46)
