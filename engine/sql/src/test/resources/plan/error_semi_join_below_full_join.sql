SELECT t.quantity FROM trades AS t SEMI JOIN trades AS u USING (symbol) FULL JOIN trades AS w ON w.symbol = t.symbol
----
ERROR UNSUPPORTED: SEMI JOIN and ANTI JOIN below the side of an outer join that may be missing are not supported (line 1, column 78)
HINT put them into a subquery in FROM
