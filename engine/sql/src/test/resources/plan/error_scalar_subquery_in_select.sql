SELECT (SELECT MAX(price) FROM trades) FROM trades
----
ERROR UNSUPPORTED: subqueries in expressions are not supported yet (line 1, column 8)
HINT write the values as a list, or put the subquery into FROM
