package io.millrace.connector.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests have that deliver to a table in a folder: the folder, a delivery to it, and Delta's own reader of it. */
abstract class LocalTable {

    static final RowType COLUMNS =
            RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("ticker", DataType.VARCHAR));

    @TempDir
    Path directory;

    Lake lake;
    KernelTable read;

    @BeforeEach
    void open() {
        lake = new Lake(directory, COLUMNS);
        read = new KernelTable(directory);
    }

    static List<Object> row(long id) {
        return List.of(id, "T" + id % 2);
    }

    Path entry(long version) {
        return directory.resolve(LogNames.entry(version));
    }

    /** Returns why a table can neither be delivered to nor be opened. */
    static MillraceException failure(Lake lake) {
        MillraceException checked = catchThrowableOfType(
                MillraceException.class, () -> new DeltaTableFactory().check(lake.setup(FaultyCalls.none())));
        MillraceException opened = catchThrowableOfType(MillraceException.class, lake::open);
        assertThat(opened).hasMessage(checked.getMessage());
        return opened;
    }
}
