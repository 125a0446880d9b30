INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM trades
----
ERROR INVALID_STATEMENT: an INSERT that goes on is a pump (line 1, column 1)
HINT write CREATE PUMP name AS INSERT INTO per_minute …, or leave out STREAM
