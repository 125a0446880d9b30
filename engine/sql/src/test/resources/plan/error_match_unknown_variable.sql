SELECT * FROM trades MATCH_RECOGNIZE (ORDER BY ROWTIME MEASURES A.price AS x AFTER MATCH SKIP TO C PATTERN (A B) DEFINE A AS TRUE)
----
ERROR INVALID_STATEMENT: the pattern has no variable 'C' (line 1, column 98)
HINT the pattern's variables: A, B
