SELECT symbol FORM trades
----
ERROR SYNTAX_ERROR: syntax error: found 'FORM' (line 1, column 15)
HINT expected FROM, …
