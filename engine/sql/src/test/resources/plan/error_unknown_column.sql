SELECT symbl FROM trades
----
ERROR UNDEFINED_COLUMN: no column named 'symbl' (line 1, column 8)
HINT did you mean 'symbol'?
