INSERT INTO trades (symbol, price, quantity, traded) VALUES ('A', 1.25, -3, TIMESTAMP '2026-01-01 10:00:00.5'), ('B', 7, NULL, '2026-01-02 00:00:00'), ('C', 1e2, 2147483647, DATE '2026-01-03'), ('D', -0.5, ?, NULL)
----
parameters [INTEGER]
insert into trades [0, 1, 2, 3]
bounded
Values values-b8203579
    ('A', 1.25, -3, TIMESTAMP '2026-01-01T10:00:00.500')
    ('B', 7.00, CAST(NULL AS INTEGER), TIMESTAMP '2026-01-02T00:00')
    ('C', CAST(100.0:DOUBLE AS DECIMAL(10, 2)), 2147483647, TIMESTAMP '2026-01-03T00:00')
    ('D', -0.50, $1, CAST(NULL AS TIMESTAMP(6)))
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2) NOT NULL, quantity INTEGER, traded TIMESTAMP(6))
