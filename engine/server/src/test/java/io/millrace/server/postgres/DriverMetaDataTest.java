package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What our driver says of a Millrace. */
@Timeout(60)
final class DriverMetaDataTest extends DriverFixture {

    private static List<String> columns(ResultSet rows, String... names) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (String name : names) {
                cells.add(String.valueOf(rows.getString(name)));
            }
            texts.add(String.join("|", cells));
        }
        return texts;
    }

    @Test
    void functionsOfUsersAreListedWithWhatTheyTake() throws SQLException {
        gateway.run(
                "CREATE FUNCTION vat(amount DECIMAL(10, 2), rate DOUBLE) RETURNS DOUBLE RETURN amount * rate",
                "CREATE FUNCTION \"Twice\"(x INTEGER) RETURNS BIGINT RETURN CAST(x AS BIGINT) * 2");
        try (Connection connection = connect()) {
            DatabaseMetaData database = connection.getMetaData();
            assertThat(columns(database.getFunctions(null, null, null), "FUNCTION_SCHEM", "FUNCTION_NAME"))
                    .containsExactly("public|Twice", "public|vat");
            assertThat(columns(
                            database.getFunctionColumns(null, "public", "vat", null),
                            "COLUMN_NAME",
                            "COLUMN_TYPE",
                            "TYPE_NAME",
                            "ORDINAL_POSITION"))
                    .containsExactly("|4|DOUBLE|0", "amount|1|DECIMAL|1", "rate|1|DOUBLE|2");
            assertThat(columns(database.getProcedures(null, null, null), "PROCEDURE_NAME"))
                    .isEmpty();
        }
    }

    @Test
    void streamsHaveNoKeysAndEveryQuestionAnAnswer() throws Exception {
        gateway.run("CREATE STREAM s (n INTEGER NOT NULL, r ROW(a INTEGER))");
        try (Connection connection = connect()) {
            DatabaseMetaData database = connection.getMetaData();
            assertThat(columns(database.getPrimaryKeys(null, null, "s"), "COLUMN_NAME"))
                    .isEmpty();
            assertThat(columns(database.getIndexInfo(null, null, "s", false, false), "INDEX_NAME"))
                    .isEmpty();
            int asked = 0;
            for (Method method : DatabaseMetaData.class.getDeclaredMethods()) {
                if (ResultSet.class.isAssignableFrom(method.getReturnType())) {
                    Object[] arguments = new Object[method.getParameterCount()];
                    for (int i = 0; i < arguments.length; i++) {
                        Class<?> type = method.getParameterTypes()[i];
                        arguments[i] = type == int.class ? (Object) 1 : type == boolean.class ? false : null;
                    }
                    try (ResultSet rows = (ResultSet) method.invoke(database, arguments)) {
                        assertThat(rows.getMetaData().getColumnCount())
                                .as(method.getName())
                                .isPositive();
                        texts(rows);
                    }
                    asked++;
                }
            }
            assertThat(asked).isGreaterThan(20);
        }
    }
}
