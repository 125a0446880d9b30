package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final int TASKS = 16;

    private final ExecutorService others = Executors.newFixedThreadPool(3);

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    @Test
    void eachTaskIsDoneOnceAndAllBeforeItReturns() {
        Workers workers = Workers.of(others, 3);
        for (int round = 0; round < 2_000; round++) {
            AtomicIntegerArray done = new AtomicIntegerArray(TASKS);
            workers.run(TASKS, done::incrementAndGet);
            for (int i = 0; i < TASKS; i++) {
                assertThat(done.get(i)).isEqualTo(1);
            }
        }
    }

    @Test
    void othersTakeAShare() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch two = new CountDownLatch(2);
        Workers.of(others, 1).run(2, task -> {
            threads.add(Thread.currentThread());
            two.countDown();
            try {
                // Goes on only once another thread has come to the other task.
                two.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(threads).hasSize(2).contains(Thread.currentThread());
    }

    @Test
    void whoHasTheWorkDoesAllWhereTheOthersAreBusy() {
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            others.execute(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        List<Thread> threads = new ArrayList<>();
        Workers.of(others, 3).run(TASKS, task -> threads.add(Thread.currentThread()));
        end.countDown();
        assertThat(threads).hasSize(TASKS).containsOnly(Thread.currentThread());
    }

    @Test
    void workGoesOnWhenTheOthersHaveEnded() {
        others.shutdown();
        int[] done = new int[1];
        Workers.of(others, 3).run(TASKS, task -> done[0]++);
        assertThat(done[0]).isEqualTo(TASKS);
    }

    @Test
    void anInterruptIsKeptForWhoAsked() {
        Thread.currentThread().interrupt();
        Workers.of(others, 3).run(TASKS, task -> {});
        assertThat(Thread.interrupted()).isTrue();
    }
}
