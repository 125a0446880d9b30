package io.millrace.format.csv;

import io.millrace.spi.Options;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.testing.contract.RecordFormatContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class CsvContractTest {

    @Nested
    class Standard extends CsvContract {}

    @Nested
    class WithOtherCharacters extends CsvContract {
        @Override
        protected Options options() {
            return new Options(Map.of("delimiter", "\\t", "quote", "'", "escape", "\\", "null_text", "NULL"));
        }
    }

    abstract static class CsvContract extends RecordFormatContract {
        @Override
        protected RecordFormat format() {
            return new CsvFormat();
        }

        @Override
        protected RowType schema() {
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
                    new IntervalType(false));
        }
    }
}
