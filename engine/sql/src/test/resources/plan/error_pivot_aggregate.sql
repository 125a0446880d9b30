SELECT * FROM trades PIVOT (quantity FOR symbol IN ('A'))
----
ERROR SYNTAX_ERROR: syntax error: found 'FOR' (line 1, column 38)
HINT expected '('
