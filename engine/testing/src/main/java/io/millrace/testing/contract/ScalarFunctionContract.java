package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.function.FunctionMethod;
import io.millrace.spi.function.JavaType;
import io.millrace.spi.function.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every scalar function in Java, whoever wrote it. */
public abstract class ScalarFunctionContract {

    /** Returns the class. */
    protected abstract Class<? extends ScalarFunction> function();

    /** Returns calls to try, at least one; null stands for NULL. */
    protected abstract List<Example> examples();

    /**
     * A call and what it gives.
     *
     * @param arguments objects of the classes in the method's signature
     */
    public record Example(
            List<@Nullable Object> arguments, @Nullable Object result) {

        public static Example of(@Nullable Object result, @Nullable Object... arguments) {
            return new Example(Arrays.asList(arguments), result);
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
    void givesWhatItsExamplesSay() throws ReflectiveOperationException {
        Object instance = FunctionMethod.of(function()).instance();
        for (Example example : examples()) {
            assertThat(call(instance, example)).as("%s", example.arguments()).isEqualTo(example.result());
        }
    }

    /** A query that goes takes back what it gave, a restart computes it again, each with an instance of its own. */
    @Test
    void givesTheSameAgainWhereItIsDeterministic() throws ReflectiveOperationException {
        FunctionMethod method = FunctionMethod.of(function());
        if (!method.signature().deterministic()) {
            return;
        }
        Object one = method.instance();
        Object other = method.instance();
        List<Example> backwards = new ArrayList<>(examples()).reversed();
        for (Example example : backwards) {
            Object first = call(one, example);
            assertThat(call(one, example)).isEqualTo(first);
            assertThat(call(other, example)).isEqualTo(first);
        }
    }

    /** A parameter that says it takes NULL takes it. */
    @Test
    void takesNullWhereItSaysSo() throws ReflectiveOperationException {
        FunctionMethod method = FunctionMethod.of(function());
        Object instance = method.instance();
        for (int i = 0; i < method.parameters().size(); i++) {
            if (method.nullable().get(i)) {
                List<@Nullable Object> arguments =
                        new ArrayList<>(examples().getFirst().arguments());
                arguments.set(i, null);
                call(instance, new Example(arguments, null));
            }
        }
    }

    /** What it gives goes into a column and comes back as it was, as far as its type keeps it. */
    @Test
    void givesWhatItsTypeHolds() throws ReflectiveOperationException {
        FunctionMethod method = FunctionMethod.of(function());
        JavaType type = method.result();
        Object instance = method.instance();
        for (Example example : examples()) {
            Object stored = type.fromJava(call(instance, example));
            assertThat(type.fromJava(type.toJava(stored))).isEqualTo(stored);
        }
    }

    private @Nullable Object call(Object instance, Example example) throws ReflectiveOperationException {
        return FunctionMethod.of(function())
                .method()
                .invoke(instance, example.arguments().toArray());
    }
}
