INSERT INTO per_minute VALUES ('a', 1, 2.5), ('b', NULL, 3)
----
insert into per_minute [0, 1, 2]
bounded
Values values-e7422f9e
    ('a', 1, 2.5:DOUBLE)
    ('b', CAST(NULL AS INTEGER), 3.0:DOUBLE)
    row (symbol VARCHAR NOT NULL, trades INTEGER, volume DOUBLE NOT NULL)
