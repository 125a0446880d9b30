import sys
from sqlalchemy import MetaData, Table, create_engine, inspect, select, text

engine = create_engine(f"postgresql+psycopg2://millrace@127.0.0.1:{sys.argv[1]}/millrace")
with engine.connect() as connection:
    query = text("SELECT ticker, price FROM trades WHERE ticker = :ticker ORDER BY price")
    for row in connection.execute(query, {"ticker": "ACME"}):
        print("row", *row)
    inspector = inspect(engine)
    print("tables", *inspector.get_table_names())
    print("views", *inspector.get_view_names())
    for column in inspector.get_columns("trades"):
        print("column", column["name"], column["type"], column["nullable"])
    print("key", inspector.get_pk_constraint("trades")["constrained_columns"], inspector.get_foreign_keys("trades"))
    print("indexes", inspector.get_indexes("trades"), inspector.get_unique_constraints("trades"))
    trades = Table("trades", MetaData(), autoload_with=engine)
    print("reflected", connection.execute(select(trades.c.price).where(trades.c.quantity == 20)).scalar())
