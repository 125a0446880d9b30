SELECT STREAM * FROM trades MATCH_RECOGNIZE (ORDER BY traded MEASURES A.price AS x PATTERN (A B) DEFINE A AS TRUE)
----
ERROR UNSUPPORTED: MATCH_RECOGNIZE in a query that goes on needs ORDER BY the stream's time first, ascending (line 1, column 29)
HINT leave out STREAM for an answer that ends, or write ORDER BY ROWTIME
