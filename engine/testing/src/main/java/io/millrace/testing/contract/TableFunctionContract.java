package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.function.FunctionMethod;
import io.millrace.spi.function.JavaType;
import io.millrace.spi.function.TableFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every table function in Java, whoever wrote it. */
public abstract class TableFunctionContract {

    /** Returns the class. */
    protected abstract Class<? extends TableFunction> function();

    /** Returns calls to try, at least one; null stands for NULL. */
    protected abstract List<Example> examples();

    /**
     * A call and the rows that it gives.
     *
     * @param arguments objects of the classes in the method's signature
     */
    public record Example(List<@Nullable Object> arguments, List<?> rows) {

        public static Example of(List<?> rows, @Nullable Object... arguments) {
            return new Example(Arrays.asList(arguments), rows);
        }
    }

    @Test
    void canBeCreatedAndHasTypes() {
        FunctionMethod method = FunctionMethod.of(function());
        assertThat(method.instance()).isInstanceOf(function());
        assertThat(examples())
                .isNotEmpty()
                .allSatisfy(example -> assertThat(example.arguments()).hasSameSizeAs(method.parameters()));
    }

    @Test
    void givesTheRowsThatItsExamplesSay() throws ReflectiveOperationException {
        Object instance = FunctionMethod.of(function()).instance();
        for (Example example : examples()) {
            assertThat(call(instance, example.arguments()))
                    .as("%s", example.arguments())
                    .isEqualTo(example.rows());
        }
    }

    /** Rows that go are computed again to be taken back, and so are those of a step that is repeated. */
    @Test
    void givesTheSameAgainWhereItIsDeterministic() throws ReflectiveOperationException {
        FunctionMethod method = FunctionMethod.of(function());
        if (!method.signature().deterministic()) {
            return;
        }
        Object one = method.instance();
        Object other = method.instance();
        for (Example example : new ArrayList<>(examples()).reversed()) {
            List<?> first = List.copyOf(call(one, example.arguments()));
            assertThat(call(one, example.arguments())).isEqualTo(first);
            assertThat(call(other, example.arguments())).isEqualTo(first);
        }
    }

    /** A parameter that says it takes NULL takes it. */
    @Test
    void takesNullWhereItSaysSo() throws ReflectiveOperationException {
        FunctionMethod method = FunctionMethod.of(function());
        for (int i = 0; i < method.parameters().size(); i++) {
            if (method.nullable().get(i)) {
                List<@Nullable Object> arguments =
                        new ArrayList<>(examples().getFirst().arguments());
                arguments.set(i, null);
                assertThat(call(method.instance(), arguments)).isNotNull();
            }
        }
    }

    /** Its rows go into columns and come back as they were, as far as the types keep them. */
    @Test
    void givesWhatItsTypesHold() throws ReflectiveOperationException {
        FunctionMethod method = FunctionMethod.of(function());
        JavaType type = method.result();
        for (Example example : examples()) {
            Object stored = type.fromJava(call(method.instance(), example.arguments()));
            assertThat(type.fromJava(type.toJava(stored))).isEqualTo(stored);
        }
    }

    private List<?> call(Object instance, List<@Nullable Object> arguments) throws ReflectiveOperationException {
        Object rows = FunctionMethod.of(function()).method().invoke(instance, arguments.toArray());
        return (List<?>) java.util.Objects.requireNonNull(rows);
    }
}
