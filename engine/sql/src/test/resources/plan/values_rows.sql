VALUES (1, 'a'), (2, 'b'), (NULL, 'c')
----
answered by the catalog
