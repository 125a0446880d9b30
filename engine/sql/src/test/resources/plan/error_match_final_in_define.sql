SELECT * FROM trades MATCH_RECOGNIZE (ORDER BY ROWTIME MEASURES A.price AS x PATTERN (A B) DEFINE A AS FINAL LAST(A.price) > 1)
----
ERROR INVALID_STATEMENT: FINAL in DEFINE: a condition sees the match up to its row alone (line 1, column 104)
HINT leave FINAL out
