SELECT symbol FROM trades LIMIT (-1)
----
ERROR INVALID_LIMIT: LIMIT must not be negative (line 1, column 34)
HINT write 0 or more
