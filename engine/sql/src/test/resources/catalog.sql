-- What the statements under plan/ are planned against.
CREATE STREAM trades (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP);
CREATE STREAM orders (
    id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3),
    WATERMARK FOR ordered AS ordered - INTERVAL '5' SECOND
) WITH (format = 'json', idle_timeout = '10 s');
CREATE STREAM events (
    id INTEGER,
    payload ROW(kind VARCHAR, place ROW(x DOUBLE, y DOUBLE), tags VARCHAR ARRAY),
    scores INTEGER ARRAY,
    attributes MAP<VARCHAR, BIGINT>,
    body VARCHAR
);
CREATE STREAM numbers (
    tiny TINYINT, small SMALLINT, int32 INTEGER, int64 BIGINT, float32 REAL, float64 DOUBLE,
    short_decimal DECIMAL(10, 2), long_decimal DECIMAL(38, 10), flag BOOLEAN, code CHAR(4), name VARCHAR(20),
    bytes VARBINARY, day DATE, clock TIME, moment TIMESTAMP, instant TIMESTAMP WITH LOCAL TIME ZONE
);
CREATE STREAM per_minute (symbol VARCHAR NOT NULL, trades INTEGER, volume DOUBLE);
CREATE MATERIALIZED VIEW totals AS SELECT symbol, COUNT(*) AS trades, SUM(quantity) AS volume FROM trades GROUP BY symbol;
