SELECT * FROM trades UNPIVOT (v FOR what IN (price, symbol))
----
ERROR INVALID_STATEMENT: in UNPIVOT, cannot derive type for measure 'v' because source columns have different data types (line 1, column 46)
