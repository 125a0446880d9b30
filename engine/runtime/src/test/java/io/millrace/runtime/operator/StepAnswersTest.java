package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.state.RowCodec;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Answers that are noted, and given again to questions that are cut otherwise. */
class StepAnswersTest {

    private static final RowType TYPE = RowType.of(Field.nullable("n", DataType.BIGINT));

    private final List<String> taken = new ArrayList<>();

    private static RowBatch rows(long... numbers) {
        RowBatch rows = RowBatch.create(TYPE, numbers.length);
        for (long number : numbers) {
            JavaValues.append(rows, List.of(number));
        }
        return rows;
    }

    /** Asks, and writes down which keys of the question were answered by what. */
    private void ask(StepAnswers answers, String operator, int keys, long... numbers) {
        answers.answer(operator, TYPE, keys, () -> rows(numbers), (from, to, rows) -> {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                values.addAll(JavaValues.row(rows, i));
            }
            taken.add(operator + " " + from + "-" + to + " " + values);
        });
    }

    private static StepAnswers again(StepAnswers noted) {
        return StepAnswers.again(Objects.requireNonNull(noted.record()));
    }

    @Test
    void questionsThatAreCutOtherwiseGetTheAnswersOfTheirKeys() {
        StepAnswers first = StepAnswers.noted(() -> false);
        ask(first, "a", 3, 1, 2);
        ask(first, "b", 1, 7);
        ask(first, "a", 2, 3);
        taken.clear();
        StepAnswers second = again(first);
        ask(second, "a", 1);
        ask(second, "a", 4);
        ask(second, "b", 1);
        assertThat(taken).containsExactly("a 0-1 [1, 2]", "a 0-2 [1, 2]", "a 2-4 [3]", "b 0-1 [7]");
    }

    @Test
    void aKeyThatWasNotAskedForIsNoneOfTheStep() {
        StepAnswers first = StepAnswers.noted(() -> false);
        ask(first, "a", 1, 1);
        StepAnswers second = again(first);
        ask(second, "a", 1);
        assertThatThrownBy(() -> ask(second, "a", 1))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
    }

    @Test
    void recordsThatKnowNoKeysAreTakenQuestionByQuestion() {
        StateWriter record = new StateWriter();
        record.writeByte(2);
        for (long number : new long[] {1, 2}) {
            StateWriter content = new StateWriter();
            RowCodec.write(rows(number), content);
            record.writeText("a");
            record.writeByte(0);
            record.writeBytes(content.data(), 0, content.size());
        }
        assertThat(StepAnswers.isRecord(record.toByteArray())).isTrue();
        StepAnswers again = StepAnswers.again(record.toByteArray());
        ask(again, "a", 5);
        ask(again, "a", 1);
        assertThat(taken).containsExactly("a 0-5 [1]", "a 0-1 [2]");
    }
}
