package io.millrace.format.json;

import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import io.millrace.testing.contract.RecordFormatContract;

class JsonContractTest extends RecordFormatContract {

    @Override
    protected RecordFormat format() {
        return new JsonFormat();
    }

    @Override
    protected RowType schema() {
        RowType inner = RowType.of(
                Field.nullable("größe", DataType.DOUBLE),
                Field.nullable("name", DataType.VARCHAR),
                Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)));
        return schemaOf(
                DataType.BOOLEAN,
                DataType.TINYINT,
                DataType.SMALLINT,
                DataType.INTEGER,
                DataType.BIGINT,
                DataType.REAL,
                DataType.DOUBLE,
                new DecimalType(18, 6),
                new DecimalType(38, 10),
                DataType.VARCHAR,
                new CharacterType(5, true),
                DataType.VARBINARY,
                new BinaryType(3, true),
                DataType.DATE,
                DataType.TIME,
                DataType.TIMESTAMP,
                new TimestampType(3, false),
                DataType.TIMESTAMP_WITH_TIME_ZONE,
                new IntervalType(true),
                new IntervalType(false),
                inner,
                new ArrayType(inner, true),
                new ArrayType(new ArrayType(DataType.BIGINT, false), false),
                new MapType(DataType.VARCHAR, DataType.DOUBLE, true),
                new MapType(DataType.INTEGER, new ArrayType(DataType.DATE, true), true));
    }
}
