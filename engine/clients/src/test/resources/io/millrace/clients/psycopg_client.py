import sys
import psycopg

url = f"host=127.0.0.1 port={sys.argv[1]} user=millrace dbname=millrace"
with psycopg.connect(url, autocommit=True) as connection:
    connection.execute("CREATE STREAM quotes (ticker VARCHAR NOT NULL, price DECIMAL(10, 2), traded_at TIMESTAMP, size INT)")
    connection.execute("INSERT INTO quotes VALUES ('IBM', 12.5, TIMESTAMP '2026-01-31 10:00:00', 3), ('ORCL', NULL, NULL, 4)")

with psycopg.connect(url) as connection:
    rows = connection.execute("SELECT ticker, price, traded_at FROM quotes WHERE size >= %s ORDER BY ticker", (3,))
    for row in rows:
        print("row", *row)
    with connection.cursor().copy("COPY quotes (ticker, size) FROM STDIN") as copy:
        for i in range(3):
            copy.write_row((f"t{i}", i))
    with connection.cursor().copy("COPY quotes (ticker, size) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["varchar", "int4"])
        copy.write_row(("binary", 9))
    with connection.cursor().copy("COPY (SELECT ticker FROM quotes WHERE size < 3 ORDER BY size) TO STDOUT") as copy:
        print("copied", *[row[0] for row in copy.rows()])
    with connection.cursor(name="named") as named:
        named.execute("SELECT STREAM ticker FROM quotes")
        print("named", len(named.fetchmany(100)))
    for i, row in enumerate(connection.cursor().stream("SELECT STREAM ticker FROM quotes")):
        print("streamed", *row)
        if i == 1:
            break

with psycopg.connect(url, autocommit=True) as connection:
    with connection.cursor(binary=True) as binary:
        print("binary", *binary.execute("SELECT price, traded_at, size FROM quotes WHERE ticker = 'IBM'").fetchone())
    connection.cursor().executemany("INSERT INTO quotes (ticker, price) VALUES (%s, %s)", [("m1", 1), ("m2", None)])
    with connection.pipeline():
        print("pipelined", *connection.execute("SELECT COUNT(*) FROM quotes").fetchone())
    try:
        connection.execute("SELECT missing FROM quotes")
    except psycopg.errors.UndefinedColumn as error:
        print("error", error.sqlstate)
