INSERT INTO trades (symbol, traded) SELECT symbol, trades FROM per_minute
----
ERROR TYPE_MISMATCH: column 'traded' is TIMESTAMP(6), and its value is INTEGER (line 1, column 37)
HINT convert it with CAST, or with a function such as TO_TIMESTAMP or UNIX_TIMESTAMP
