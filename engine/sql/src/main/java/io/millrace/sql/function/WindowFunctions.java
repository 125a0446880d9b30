package io.millrace.sql.function;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlHopTableFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSessionTableFunction;
import org.apache.calcite.sql.SqlTumbleTableFunction;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** TUMBLE, HOP, CUMULATE and SESSION as table functions that add window_start, window_end and window_time. */
public final class WindowFunctions {

    public static final SqlOperator TUMBLE = new Tumble();
    public static final SqlOperator HOP = new Hop();
    public static final SqlOperator CUMULATE = new Cumulate();

    /** {@code SESSION(TABLE t, DESCRIPTOR(time), [DESCRIPTOR(key, …),] gap)}. */
    public static final SqlOperator SESSION = new Session();

    public static final List<SqlOperator> ALL = List.of(TUMBLE, HOP, CUMULATE, SESSION);

    /** Names of the columns that a window function adds, in their order. */
    public static final List<String> COLUMNS = List.of("window_start", "window_end", "window_time");

    private WindowFunctions() {}

    /** Returns whether a window function has this name, whatever the case. */
    public static boolean isName(String name) {
        return ALL.stream().anyMatch(function -> name.equalsIgnoreCase(function.getName()));
    }

    /** Returns the window function of a name; there is one. */
    public static SqlOperator named(String name) {
        return ALL.stream()
                .filter(function -> name.equalsIgnoreCase(function.getName()))
                .findFirst()
                .orElseThrow();
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

    private static final class Session extends SqlSessionTableFunction {
        @Override
        public SqlReturnTypeInference getRowTypeInference() {
            return WindowFunctions::rowType;
        }
    }

    /** Takes what HOP takes: the step in place of the slide. */
    private static final class Cumulate extends SqlWindowTableFunction {
        Cumulate() {
            super("CUMULATE", Objects.requireNonNull(new SqlHopTableFunction().getOperandTypeChecker()));
        }

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
