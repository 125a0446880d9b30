package io.millrace.runtime.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class JaninoClassCompilerTest {

    private static final String DOUBLING = "public class Doubling implements java.util.function.IntUnaryOperator {"
            + " public int applyAsInt(int value) { return 2 * value; } }";

    private final JaninoClassCompiler compiler = new JaninoClassCompiler();

    @Test
    void sameSourceGivesTheSameClassAndAnotherInstance() {
        IntUnaryOperator first = compiler.instantiate("Doubling", DOUBLING, IntUnaryOperator.class);
        IntUnaryOperator second = compiler.instantiate("Doubling", DOUBLING, IntUnaryOperator.class);
        assertThat(first.applyAsInt(21)).isEqualTo(42);
        assertThat(second).isNotSameAs(first).hasSameClassAs(first);
    }

    @Test
    void classSeesTheRuntimeEvenUnderAContractOfThePlatform() {
        String source =
                DOUBLING.replace("2 * value", "io.millrace.runtime.expression.function.Numbers.toTinyint(value)");
        IntUnaryOperator operator = compiler.instantiate("Doubling", source, IntUnaryOperator.class);
        assertThat(operator.applyAsInt(5)).isEqualTo(5);
    }

    @Test
    void sourceThatDoesNotCompileSaysWhy() {
        String source = DOUBLING.replace("value;", "valeu;");
        assertThatThrownBy(() -> compiler.instantiate("Doubling", source, IntUnaryOperator.class))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                .hasMessageContaining("valeu");
    }

    @Test
    void classWithoutTheContractIsRefused() {
        assertThatThrownBy(() -> compiler.instantiate("Doubling", DOUBLING, Runnable.class))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("Doubling");
    }
}
