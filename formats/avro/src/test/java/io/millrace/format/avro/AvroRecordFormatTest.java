package io.millrace.format.avro;

import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.contract.RecordFormatContract;

/** What holds for all formats of records, with the one header that needs no registry. */
class AvroRecordFormatTest extends RecordFormatContract {

    @Override
    protected RecordFormat format() {
        return new AvroRecordFormat();
    }

    @Override
    protected RowType schema() {
        return RowType.of(
                Field.nullable("b", DataType.BOOLEAN),
                Field.nullable("t", DataType.TINYINT),
                Field.nullable("s", DataType.SMALLINT),
                Field.nullable("i", DataType.INTEGER),
                Field.nullable("l", DataType.BIGINT),
                Field.nullable("f", DataType.REAL),
                Field.nullable("d", DataType.DOUBLE),
                Field.nullable("money", new DecimalType(12, 3)),
                Field.nullable("huge", new DecimalType(38, 9)),
                Field.nullable("text", DataType.VARCHAR),
                Field.nullable("odd name", DataType.VARCHAR),
                Field.nullable("bytes", DataType.VARBINARY),
                Field.nullable("day", DataType.DATE),
                Field.nullable("clock", DataType.TIME),
                Field.nullable("wall", DataType.TIMESTAMP),
                Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
                Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)),
                Field.nullable("counts", new MapType(DataType.VARCHAR, DataType.INTEGER, true)),
                Field.nullable("names", new MapType(DataType.INTEGER, DataType.VARCHAR, false)),
                Field.nullable(
                        "place",
                        RowType.of(
                                Field.nullable("x", DataType.DOUBLE),
                                Field.nullable("notes", new ArrayType(DataType.BIGINT, false)))));
    }
}
