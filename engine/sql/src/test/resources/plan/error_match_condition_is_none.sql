SELECT * FROM trades MATCH_RECOGNIZE (ORDER BY ROWTIME MEASURES A.price AS x PATTERN (A B) DEFINE A AS A.price + 1)
----
ERROR INVALID_STATEMENT: the condition of 'A' is no condition (line 1, column 104)
HINT write a comparison, or cast the value to BOOLEAN
