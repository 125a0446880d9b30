CREATE DELIVERY d FROM trade TO 'file:///x'
----
ERROR UNDEFINED_NAME: no stream named 'trade' (line 1, column 24)
HINT did you mean 'trades'?
