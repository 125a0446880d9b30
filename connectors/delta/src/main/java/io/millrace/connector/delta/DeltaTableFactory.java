package io.millrace.connector.delta;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableFactory;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.connector.TableUpkeep;
import java.io.IOException;
import java.util.List;

/** Opens tables of Delta Lake. */
public final class DeltaTableFactory implements TableFactory {

    @Override
    public String scheme() {
        return "delta";
    }

    @Override
    public List<String> options() {
        return DeltaSettings.NAMES;
    }

    @Override
    public void check(TableSetup setup) throws IOException {
        DeltaSettings settings = DeltaSettings.from(setup.location(), setup.options());
        WantedTable wanted = new WantedTable(settings, setup);
        wanted.checkNew();
        try (ObjectStore store = setup.stores().apply(settings.place())) {
            TableState found = new TableLog(store, setup.format(), settings.toString()).read();
            if (found != null) {
                wanted.layout(wanted.schema(found), found.partitionColumns());
            }
            PutIfAbsent.check(store, settings.toString());
        }
    }

    @Override
    public Table open(TableSetup setup) throws IOException {
        DeltaSettings settings = DeltaSettings.from(setup.location(), setup.options());
        ObjectStore store = setup.stores().apply(settings.place());
        try {
            return new DeltaTable(setup, settings, store);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public TableUpkeep upkeep(TableSetup setup) {
        return new DeltaUpkeep(setup, DeltaSettings.from(setup.location(), setup.options()));
    }
}
