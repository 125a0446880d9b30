SELECT STREAM symbol AS op FROM trades EMIT CHANGES
----
ERROR INVALID_STATEMENT: the query has a column 'op', and EMIT CHANGES adds one of that name (line 1, column 1)
HINT give the query's another name with AS
