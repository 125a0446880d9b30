SELECT * FROM trade
----
ERROR UNDEFINED_NAME: no stream or view named 'trade' (line 1, column 15)
HINT did you mean 'trades'?
