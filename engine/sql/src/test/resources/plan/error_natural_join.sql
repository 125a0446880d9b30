SELECT * FROM trades NATURAL JOIN orders
----
ERROR UNSUPPORTED: NATURAL JOIN is not supported (line 1, column 35)
HINT name the columns: JOIN … USING (column)
