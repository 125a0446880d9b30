package io.millrace.connector.delta;

import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationFactory;
import io.millrace.spi.connector.RelationSetup;
import java.util.List;

/** Opens tables of Delta Lake to be read. */
public final class DeltaRelations implements RelationFactory {

    @Override
    public List<String> schemes() {
        return List.of("delta");
    }

    @Override
    public List<String> options() {
        return List.of();
    }

    @Override
    public boolean ofFiles() {
        return true;
    }

    @Override
    public boolean hasVersions() {
        return true;
    }

    @Override
    public Relation open(RelationSetup setup) {
        setup.options().refuseOthers(options().toArray(String[]::new));
        return new DeltaRelation(setup);
    }
}
