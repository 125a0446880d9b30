import sys
import psycopg

with psycopg.connect(f"host=127.0.0.1 port={sys.argv[1]} user=millrace dbname=millrace") as connection:
    rows = connection.execute("SELECT ticker, price, traded_at FROM trades WHERE size >= %s ORDER BY ticker", (3,))
    for row in rows:
        print("row", *row)
    with connection.cursor().copy("COPY trades (ticker, size) FROM STDIN") as copy:
        for i in range(3):
            copy.write_row((f"t{i}", i))
    with connection.cursor().copy("COPY trades (ticker, size) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["varchar", "int4"])
        copy.write_row(("binary", 9))
    with connection.cursor().copy("COPY (SELECT ticker FROM trades WHERE size < 3 ORDER BY size) TO STDOUT") as copy:
        print("copied", *[row[0] for row in copy.rows()])
    with connection.cursor(name="named") as named:
        named.execute("SELECT STREAM ticker FROM trades")
        print("named", len(named.fetchmany(100)))
    for i, row in enumerate(connection.cursor().stream("SELECT STREAM ticker FROM trades")):
        print("streamed", *row)
        if i == 1:
            break

with psycopg.connect(f"host=127.0.0.1 port={sys.argv[1]} user=millrace dbname=millrace", autocommit=True) as connection:
    with connection.cursor(binary=True) as binary:
        print("binary", *binary.execute("SELECT price, traded_at, size FROM trades WHERE ticker = 'IBM'").fetchone())
    connection.cursor().executemany("INSERT INTO trades (ticker, price) VALUES (%s, %s)", [("m1", 1), ("m2", None)])
    with connection.pipeline():
        print("pipelined", *connection.execute("SELECT COUNT(*) FROM trades").fetchone())
    try:
        connection.execute("SELECT missing FROM trades")
    except psycopg.errors.UndefinedColumn as error:
        print("error", error.sqlstate)
