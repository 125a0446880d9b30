SELECT symbol FROM trades WHERE quantity > (SELECT 1)
----
ERROR UNSUPPORTED: subqueries in expressions are not supported yet (line 1, column 44)
HINT write the values as a list, or put the subquery into FROM
