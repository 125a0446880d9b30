SELECT * FROM trades MATCH_RECOGNIZE (ORDER BY ROWTIME MEASURES PREV(A.price + B.price) AS x PATTERN (A B) DEFINE A AS TRUE)
----
ERROR INVALID_STATEMENT: PREV is of the rows of one variable, and this names columns of several (line 1, column 65)
HINT qualify all columns with the same variable, or call it once for each
