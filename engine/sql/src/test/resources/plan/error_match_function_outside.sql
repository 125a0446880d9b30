SELECT MATCH_NUMBER() FROM trades
----
ERROR INVALID_STATEMENT: function 'MATCH_NUMBER()' can only be used in MATCH_RECOGNIZE (line 1, column 8)
