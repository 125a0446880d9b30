SELECT x FROM UNNEST(ARRAY[1, 2, 3]) AS u (x)
----
answered by the catalog
