package io.millrace.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.management.ObjectName;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

class TopicSessionTest {

    private static final String SENDER = "interrupted-sender";

    /** Nobody listens there. */
    private static final TopicSettings SETTINGS =
            new TopicSettings("127.0.0.1:1", "t", -1, 1_000_000, "none", Duration.ofSeconds(30), Map.of());

    /** Returns what clients of the sender there are: they are told of until they are closed. */
    private static Set<ObjectName> clients() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("kafka.*:type=app-info,id=*" + SENDER + "*"), null);
    }

    @Test
    void whatIsInterruptedWhileItOpensLeavesNoClientBehind() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> TopicSession.open(SENDER, SETTINGS, 0))
                    .isInstanceOf(InterruptException.class)
                    .hasNoSuppressedExceptions();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(clients()).isEmpty();
    }
}
