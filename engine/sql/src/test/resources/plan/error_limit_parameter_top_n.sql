SELECT STREAM symbol FROM trades ORDER BY price LIMIT ?
----
ERROR UNSUPPORTED: LIMIT and OFFSET behind ORDER BY take no parameter in a query that goes on
HINT write the number into the statement
