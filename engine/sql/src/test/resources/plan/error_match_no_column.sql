SELECT * FROM trades MATCH_RECOGNIZE (ORDER BY ROWTIME MEASURES A.prise AS x PATTERN (A B) DEFINE A AS TRUE)
----
ERROR UNDEFINED_COLUMN: no column named 'prise' (line 1, column 67)
HINT did you mean 'price'?
