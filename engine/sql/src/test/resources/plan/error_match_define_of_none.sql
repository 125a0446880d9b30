SELECT * FROM trades MATCH_RECOGNIZE (ORDER BY ROWTIME MEASURES A.price AS x PATTERN (A B) DEFINE C AS TRUE)
----
ERROR INVALID_STATEMENT: DEFINE has a variable 'C' that the pattern does not have (line 1, column 99)
HINT the pattern's variables: A, B
