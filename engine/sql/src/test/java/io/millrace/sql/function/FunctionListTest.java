package io.millrace.sql.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.junit.jupiter.api.Test;

final class FunctionListTest {

    /** Functions to the validator that nobody calls by these names. */
    private static final Set<String> NOT_TYPED = Set.of(
            "$sum0",
            "$groups",
            "$with_row",
            "map",
            "array",
            "row",
            "item",
            "json_value_expression",
            "interval",
            "minus_date");

    private final Set<String> listed =
            FunctionList.ALL.stream().map(FunctionList.Entry::name).collect(Collectors.toCollection(TreeSet::new));

    @Test
    void everyFunctionThatCanBeCalledIsListed() {
        Set<String> known = Operators.TABLE.getOperatorList().stream()
                .filter(SqlFunction.class::isInstance)
                .map(operator -> operator.getName().toLowerCase(Locale.ROOT))
                .filter(name -> !NOT_TYPED.contains(name) && name.matches("[$a-z_0-9]+"))
                .collect(Collectors.toCollection(TreeSet::new));
        known.removeAll(listed);
        assertThat(known).isEmpty();
    }

    @Test
    void everyListedFunctionIsOne() {
        Set<String> known = Operators.TABLE.getOperatorList().stream()
                .map(SqlOperator::getName)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void noCallIsListedTwice() {
        assertThat(FunctionList.ALL).doesNotHaveDuplicates();
    }
}
