package io.millrace.sql.function;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlHopTableFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTumbleTableFunction;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** TUMBLE and HOP as table functions that add window_start, window_end and window_time. */
public final class WindowFunctions {

    public static final SqlOperator TUMBLE = new Tumble();
    public static final SqlOperator HOP = new Hop();

    /** Names of the columns that a window function adds, in their order. */
    public static final List<String> COLUMNS = List.of("window_start", "window_end", "window_time");

    private WindowFunctions() {}

    /** Returns whether a window function has this name, whatever the case. */
    public static boolean isName(String name) {
        return name.equalsIgnoreCase(TUMBLE.getName()) || name.equalsIgnoreCase(HOP.getName());
    }

    private static RelDataType rowType(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType time = factory.createSqlType(SqlTypeName.TIMESTAMP);
        RelDataTypeFactory.Builder builder =
                factory.builder().addAll(binding.getOperandType(0).getFieldList());
        COLUMNS.forEach(name -> builder.add(name, time));
        return builder.build();
    }

    private static final class Tumble extends SqlTumbleTableFunction {
        @Override
        public SqlReturnTypeInference getRowTypeInference() {
            return WindowFunctions::rowType;
        }
    }

    private static final class Hop extends SqlHopTableFunction {
        @Override
        public SqlReturnTypeInference getRowTypeInference() {
            return WindowFunctions::rowType;
        }
    }
}
