SELECT * FROM trades MATCH_RECOGNIZE (ORDER BY price MEASURES A.price AS x PATTERN (A B) WITHIN INTERVAL '1' HOUR DEFINE A AS TRUE)
----
ERROR INVALID_STATEMENT: WITHIN needs ORDER BY a TIMESTAMP first, ascending (line 1, column 97)
HINT order by the rows' time, or leave WITHIN out
