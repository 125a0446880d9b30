package io.millrace.connector.jdbc;

import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationFactory;
import io.millrace.spi.connector.RelationSetup;
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
    public Relation open(RelationSetup setup) {
        return new DatabaseTable(RelationSettings.of(setup.name(), setup.url(), setup.options()));
    }
}
