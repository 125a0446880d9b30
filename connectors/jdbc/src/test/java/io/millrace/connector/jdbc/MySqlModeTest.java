package io.millrace.connector.jdbc;

import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import java.util.List;
import java.util.UUID;

/** The statements for MySQL and MariaDB, as far as H2 understands them; there is no server of theirs here. */
class MySqlModeTest extends TableContract {

    private final String name = UUID.randomUUID().toString();

    @Override
    protected String url() {
        return "jdbc:h2:mem:" + name + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
    }

    @Override
    protected ReceiverFactory factory() {
        return new ReceiverFactory() {
            @Override
            public List<String> schemes() {
                return new TableFactory().schemes();
            }

            @Override
            public List<String> options() {
                return new TableFactory().options();
            }

            @Override
            public Receiver open(ReceiverSetup setup) {
                TableSettings given = TableSettings.of(setup);
                Database database = given.database();
                TableSettings mysql = new TableSettings(
                        new Database(
                                database.url(),
                                Dialect.MYSQL,
                                database.user(),
                                database.password(),
                                database.timeout()),
                        given.table(),
                        given.upsert(),
                        given.key(),
                        given.changes(),
                        given.offsetsTable(),
                        null);
                return new TableReceiver(setup.sender(), setup.type(), mysql);
            }
        };
    }
}
