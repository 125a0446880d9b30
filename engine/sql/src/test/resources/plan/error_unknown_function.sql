SELECT frobnicate(symbol) FROM trades
----
ERROR UNDEFINED_FUNCTION: no function frobnicate(<CHARACTER>) (line 1, column 8)
HINT see SHOW FUNCTIONS; a CAST of an argument may help
