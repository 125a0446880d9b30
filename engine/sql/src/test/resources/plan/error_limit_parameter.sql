SELECT symbol FROM trades LIMIT ?
----
ERROR UNSUPPORTED: LIMIT and OFFSET take constants only
HINT write the number into the statement
