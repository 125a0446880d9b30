package io.millrace.format.lines;

import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.contract.RecordFormatContract;
import org.junit.jupiter.api.Nested;

class LinesContractTest {

    @Nested
    class OfText extends RecordFormatContract {
        @Override
        protected RecordFormat format() {
            return new LinesFormat();
        }

        @Override
        protected RowType schema() {
            return RowType.of(Field.required("line", DataType.VARCHAR));
        }
    }

    @Nested
    class OfBytes extends RecordFormatContract {
        @Override
        protected RecordFormat format() {
            return new LinesFormat();
        }

        @Override
        protected RowType schema() {
            return RowType.of(Field.required("data", DataType.VARBINARY));
        }
    }
}
