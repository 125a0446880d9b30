SELECT STREAM * FROM trades MATCH_RECOGNIZE (ORDER BY ROWTIME MEASURES A.price AS x PATTERN (^ A B) DEFINE A AS TRUE)
----
ERROR UNSUPPORTED: ^ and $ in a query that goes on are not supported: its partitions have no start that is kept, and no end (line 1, column 29)
HINT leave out STREAM for an answer that ends, or leave them out
