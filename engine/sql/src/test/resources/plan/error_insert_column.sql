INSERT INTO per_minute (symbol, trade) VALUES ('a', 1)
----
ERROR UNDEFINED_COLUMN: no column named 'trade' (line 1, column 33)
HINT did you mean 'trades'?
