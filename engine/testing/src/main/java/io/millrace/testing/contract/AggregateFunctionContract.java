package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.function.AggregateFunction;
import io.millrace.spi.function.AggregateMethods;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every aggregate function in Java, whoever wrote it. */
public abstract class AggregateFunctionContract {

    /** Returns the class. */
    protected abstract Class<? extends AggregateFunction<?>> function();

    /** Returns groups to try, one of them of several rows and better one of none. */
    protected abstract List<Group> groups();

    /** Returns whether two results are the same: of doubles, whether their first twelve digits are. */
    protected boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Double a && other instanceof Double b) {
            return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)) || a.equals(b);
        }
        return Objects.deepEquals(one, other);
    }

    /**
     * The rows of a group and what the function gives for them.
     *
     * @param rows arguments of each row: objects of the classes in the signature of {@code add}
     */
    public record Group(
            List<List<@Nullable Object>> rows, @Nullable Object result) {

        /** Returns a group of rows with one argument each. */
        public static Group of(@Nullable Object result, @Nullable Object... arguments) {
            return new Group(
                    Arrays.stream(arguments).map(Collections::singletonList).toList(), result);
        }
    }

    @Test
    void canBeCreatedAndHasTypes() {
        AggregateMethods methods = AggregateMethods.of(function());
        assertThat(methods.instance()).isInstanceOf(function());
        assertThat(methods.instance().create()).isInstanceOf(methods.accumulator());
        assertThat(groups()).anySatisfy(group -> assertThat(group.rows()).hasSizeGreaterThan(1));
    }

    @Test
    void givesWhatItsGroupsSay() throws ReflectiveOperationException {
        for (Group group : groups()) {
            check(group, added(new Trial(), group.rows()));
        }
    }

    @Test
    void rowsComeInAnyOrder() throws ReflectiveOperationException {
        for (Group group : groups()) {
            List<List<@Nullable Object>> rows = new ArrayList<>(group.rows());
            check(group, added(new Trial(), rows.reversed()));
            Collections.rotate(rows, 1);
            check(group, added(new Trial(), rows));
        }
    }

    /** Windows that overlap are merged from the same parts again and again. */
    @Test
    void partsAreMergedAndStayAsTheyAre() throws ReflectiveOperationException {
        for (Group group : groups()) {
            for (int cut = 0; cut <= group.rows().size(); cut++) {
                Trial trial = new Trial();
                Object first = added(trial, group.rows().subList(0, cut)).accumulator;
                trial.begin();
                Object second =
                        added(trial, group.rows().subList(cut, group.rows().size())).accumulator;
                Object alone = trial.result();
                for (int again = 0; again < 2; again++) {
                    trial.begin();
                    trial.function.merge(trial.accumulator, first);
                    trial.function.merge(trial.accumulator, second);
                    check(group, trial);
                    added(trial, group.rows());
                }
                trial.accumulator = second;
                assertSame(group, trial.result(), alone);
            }
        }
    }

    @Test
    void goesOnFromWhatWasSaved() throws ReflectiveOperationException, IOException {
        for (Group group : groups()) {
            for (int cut = 0; cut <= group.rows().size(); cut++) {
                Trial before = added(new Trial(), group.rows().subList(0, cut));
                ByteArrayOutputStream saved = new ByteArrayOutputStream();
                before.function.save(before.accumulator, new DataOutputStream(saved));
                Trial after = new Trial();
                ByteArrayInputStream bytes = new ByteArrayInputStream(saved.toByteArray());
                after.accumulator = after.function.load(new DataInputStream(bytes));
                assertThat(bytes.available())
                        .as("bytes that load left of %s", group)
                        .isZero();
                check(group, added(after, group.rows().subList(cut, group.rows().size())));
            }
        }
    }

    /** A row may go before it comes. */
    @Test
    void rowsThatGoLeaveNothing() throws ReflectiveOperationException {
        Method retract = AggregateMethods.of(function()).retract();
        if (retract == null) {
            return;
        }
        List<List<@Nullable Object>> others =
                groups().stream().flatMap(group -> group.rows().stream()).toList();
        for (Group group : groups()) {
            Trial later = added(added(new Trial(), others), group.rows());
            later.callAll(retract, others);
            check(group, later);
            Trial sooner = new Trial();
            sooner.callAll(retract, others);
            check(group, added(added(sooner, group.rows()), others));
        }
    }

    private void check(Group group, Trial trial) throws ReflectiveOperationException {
        Object result = trial.result();
        assertSame(group, result, group.result());
        // Answering changes nothing.
        assertSame(group, trial.result(), result);
        Object stored = trial.methods.result().fromJava(result);
        assertThat(trial.methods.result().fromJava(trial.methods.result().toJava(stored)))
                .isEqualTo(stored);
    }

    private void assertSame(Group group, @Nullable Object result, @Nullable Object expected) {
        assertThat(same(result, expected))
                .as("%s is what %s gives, and was %s", expected, group.rows(), result)
                .isTrue();
    }

    private static Trial added(Trial trial, List<List<@Nullable Object>> rows) throws ReflectiveOperationException {
        trial.callAll(trial.methods.add(), rows);
        return trial;
    }

    /** An instance of the function and an accumulator. */
    private final class Trial {

        private final AggregateMethods methods = AggregateMethods.of(function());
        private final AggregateFunction<Object> function = methods.instance();
        private Object accumulator = function.create();

        void begin() {
            accumulator = function.create();
        }

        void callAll(Method method, List<List<@Nullable Object>> rows) throws ReflectiveOperationException {
            for (List<@Nullable Object> row : rows) {
                List<@Nullable Object> arguments = new ArrayList<>();
                arguments.add(accumulator);
                arguments.addAll(row);
                method.invoke(function, arguments.toArray());
            }
        }

        @Nullable
        Object result() throws ReflectiveOperationException {
            return methods.answer().invoke(function, accumulator);
        }
    }
}
