CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM trades WHERE quantity > ?
----
ERROR INVALID_STATEMENT: what is created cannot have parameters (line 1, column 1)
HINT write the values into the statement
