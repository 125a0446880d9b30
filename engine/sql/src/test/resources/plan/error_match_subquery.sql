SELECT * FROM trades MATCH_RECOGNIZE (ORDER BY ROWTIME MEASURES A.price AS x PATTERN (A B) DEFINE A AS A.price > (SELECT 1))
----
ERROR UNSUPPORTED: a subquery in MATCH_RECOGNIZE is not supported (line 1, column 114)
HINT join or compute it below: FROM (SELECT …) MATCH_RECOGNIZE (…)
