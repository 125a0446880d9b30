package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.Environment;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.spill.WorkspaceShare;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateInMemoryTest {

    private static final int MEMORY = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void itFailsForWhatItHoldsItselfAndNotForWhatOthersDo() {
        Scenario scenario = new Scenario();
        scenario.source("ticks", "0");
        scenario.putStateAside(directory, MEMORY);
        Environment environment = scenario.environment();
        try (OperatorTree tree =
                        OperatorTree.create(Scenario.endless(Scenario.scan("ticks", Scenario.ARRIVAL)), environment);
                WorkspaceShare others = environment.stateSpace().share()) {
            assertThat(others.hold(MEMORY - 1_000)).isTrue();
            try (StateInMemory small = new StateInMemory(tree, new byte[MEMORY / 10], "small", environment);
                    StateInMemory large = new StateInMemory(tree, new byte[2 * MEMORY], "large", environment)) {
                assertThatCode(() -> small.check(1)).doesNotThrowAnyException();
                assertThatThrownBy(() -> large.check(1)).hasMessageContaining("content of large");
            }
        }
    }
}
