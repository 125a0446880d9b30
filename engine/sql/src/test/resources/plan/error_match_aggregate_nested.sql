SELECT * FROM trades MATCH_RECOGNIZE (ORDER BY ROWTIME MEASURES SUM(LAST(A.price)) AS x PATTERN (A B) DEFINE A AS TRUE)
----
ERROR INVALID_STATEMENT: LAST inside of SUM (line 1, column 69)
HINT PREV and NEXT may be around FIRST and LAST, and nothing else one inside the other
