SELECT symbol, price FROM trades GROUP BY symbol
----
ERROR INVALID_STATEMENT: 'price' is neither grouped nor aggregated (line 1, column 16)
HINT add it to GROUP BY, or put it in an aggregate function such as ANY_VALUE
