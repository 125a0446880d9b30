package io.millrace.connector.jdbc;

import io.millrace.spi.Options;
import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationFactory;
import java.util.List;

/** Opens tables of databases to be read. Drivers are loaded with the first connection. */
public final class DatabaseTables implements RelationFactory {

    @Override
    public List<String> schemes() {
        return List.of("jdbc");
    }

    @Override
    public List<String> options() {
        return RelationSettings.NAMES;
    }

    @Override
    public Relation open(String name, String url, Options options) {
        return new DatabaseTable(RelationSettings.of(name, url, options));
    }
}
