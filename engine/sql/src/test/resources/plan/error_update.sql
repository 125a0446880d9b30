UPDATE trades SET price = 1
----
ERROR UNSUPPORTED: UPDATE is not supported (line 1, column 1)
HINT rows are added with INSERT and never changed; see the documentation for the statements there are
