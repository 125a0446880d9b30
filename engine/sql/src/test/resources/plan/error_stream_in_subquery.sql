SELECT * FROM (SELECT STREAM * FROM trades) AS t
----
ERROR INVALID_STATEMENT: STREAM in a subquery of a query that ends (line 1, column 16)
HINT write SELECT STREAM at the top too for an answer that goes on, or leave out this STREAM for one from what is retained
