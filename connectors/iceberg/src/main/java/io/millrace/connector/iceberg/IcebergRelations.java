package io.millrace.connector.iceberg;

import io.millrace.connector.iceberg.scan.TableVersion;
import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationFactory;
import io.millrace.spi.connector.RelationSetup;
import java.util.List;
import java.util.stream.Stream;

/** Opens tables of Iceberg to be read. Nothing of Iceberg is loaded before the first. */
public final class IcebergRelations implements RelationFactory {

    @Override
    public List<String> schemes() {
        return List.of("iceberg");
    }

    @Override
    public List<String> options() {
        return Stream.concat(IcebergSettings.CATALOG_NAMES.stream(), TableVersion.NAMES.stream())
                .toList();
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
        return new IcebergRelation(setup);
    }
}
