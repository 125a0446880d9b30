VALUES (1, 'a'), (2, 'b'), (NULL, 'c')
----
bounded
Values values-c6ab6109
    (1, 'a')
    (2, 'b')
    (CAST(NULL AS INTEGER), 'c')
    row (EXPR$0 INTEGER, EXPR$1 VARCHAR NOT NULL)
