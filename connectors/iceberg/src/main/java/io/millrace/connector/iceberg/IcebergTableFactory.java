package io.millrace.connector.iceberg;

import io.millrace.connector.iceberg.scan.TableTypes;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableFactory;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens tables of Iceberg. Nothing of Iceberg is loaded before the first. */
public final class IcebergTableFactory implements TableFactory {

    @Override
    public String scheme() {
        return "iceberg";
    }

    @Override
    public List<String> options() {
        return Stream.of(IcebergSettings.NAMES, UpkeepSettings.NAMES, Upserts.NAMES)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void check(TableSetup setup) throws IOException {
        IcebergSettings settings = IcebergSettings.from(setup.location(), setup.options());
        UpkeepSettings.from(setup.options());
        Upserts upserts = Upserts.from(setup.options(), setup.columns());
        Failures.told("looking at table '" + settings.table() + "'", () -> {
            OpenTable.check(settings, upserts == null ? setup : upserts.of(setup), upserts);
            return settings;
        });
    }

    @Override
    public RowType columns(TableSetup setup) throws IOException {
        IcebergSettings settings = IcebergSettings.from(setup.location(), setup.options());
        return Failures.told("looking at table '" + settings.table() + "'", () -> {
            try (OpenTable table = OpenTable.existing(settings, setup)) {
                if (table == null) {
                    throw new MillraceException(
                            ErrorCode.UNDEFINED_NAME,
                            "there is no table '" + settings.table() + "' in the catalog, whose columns are asked for",
                            "make it first, or see which catalog is meant: catalog, catalog_uri, warehouse");
                }
                return TableTypes.columns(table.table().schema().columns());
            }
        });
    }

    @Override
    public Table open(TableSetup setup) throws IOException {
        IcebergSettings settings = IcebergSettings.from(setup.location(), setup.options());
        Upserts upserts = Upserts.from(setup.options(), setup.columns());
        TableSetup own = upserts == null ? setup : upserts.of(setup);
        return Failures.told("opening table '" + settings.table() + "'", () -> {
            OpenTable open = OpenTable.open(settings, own);
            try {
                return new IcebergTable(own, upserts, open);
            } catch (RuntimeException e) {
                open.close();
                throw e;
            }
        });
    }

    @Override
    public @Nullable TableUpkeep upkeep(TableSetup setup) {
        UpkeepSettings upkeep = UpkeepSettings.from(setup.options());
        return upkeep.compacts() || upkeep.expires()
                ? new IcebergUpkeep(setup, IcebergSettings.from(setup.location(), setup.options()), upkeep)
                : null;
    }
}
