SELECT STRING_AGG(symbol, symbol) FROM trades
----
ERROR UNSUPPORTED: STRING_AGG takes a constant separator
HINT write the value into the statement
