package io.millrace.server.postgres;

import io.millrace.server.postgres.type.RowForm;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;

/**
 * Hands rows from a cursor on to the client as they come. Whenever none is at hand, what was written is
 * sent; while none comes, a sign of life goes out now and then, so that a dead peer is noticed.
 */
final class RowStreamer {

    /** How long rows are gathered where a client wants all that are there. */
    private static final Duration GATHER_MAX = Duration.ofSeconds(1);

    private static final String RESUME_POINT = "resume_point";

    private final Outbox out;
    private final Cancellation cancellation;
    private final SessionSettings settings;
    private final Duration keepAlive;
    private final Duration suspendAfter;

    RowStreamer(Outbox out, Cancellation cancellation, SessionSettings settings, PostgresSettings limits) {
        this.out = out;
        this.cancellation = cancellation;
        this.settings = settings;
        this.keepAlive = limits.keepAlive();
        this.suspendAfter = limits.suspendAfter();
    }

    /**
     * Sends rows until the answer is at its end or so many were sent.
     *
     * @param early whether fewer rows, but at least one, are enough where no more are at hand
     * @return whether the answer is at its end
     */
    boolean stream(Answer answer, RowSource rows, RowForm form, long rowsMax, boolean early) {
        // Rows are waited for up to the deadline; a query that has none yet may not look up for longer.
        boolean limited = !rows.endless() && answer.timeoutMillis() < 0;
        cancellation.running(rows.cursor()::cancel, limited ? settings.statementTimeoutMillis() : 0);
        try {
            return new Run(answer, rows, form, Math.min(rowsMax, answer.remaining()), early || answer.partial())
                    .toEnd();
        } catch (MillraceException e) {
            throw cancellation.told(e);
        } finally {
            cancellation.running(null);
        }
    }

    /** One go at an answer. */
    private final class Run {

        private final Answer answer;
        private final RowSource rows;
        private final RowForm form;
        private final long rowsMax;
        private final boolean early;
        private final Deadline deadline;
        /** Rows that are on their way from the batch to the buffer. */
        private final int[] numbers = new int[RowForm.ROWS_MAX];

        private long sent;
        private long lingerEnd;

        Run(Answer answer, RowSource rows, RowForm form, long rowsMax, boolean early) {
            this.answer = answer;
            this.rows = rows;
            this.form = form;
            this.rowsMax = rowsMax;
            this.early = early && rows.endless();
            this.deadline = Deadline.of(answer, rows, settings.statementTimeoutMillis());
        }

        boolean toEnd() {
            if (rows.endless()) {
                // The client learns what the rows are like before the first is looked for.
                tellResumePoint();
                out.flush();
            }
            while (true) {
                writeBuffered();
                if (sent == rowsMax) {
                    return answer.fetches();
                }
                if (rows.finished()) {
                    return true;
                }
                if (answer.timeoutMillis() < 0 && deadline.passed()) {
                    throw Deadline.expired();
                }
                if (gatheredLongEnough()) {
                    return answer.fetches();
                }
                if (!rows.fill(Duration.ZERO) && !rows.finished() && !awaitMore()) {
                    return answer.fetches();
                }
            }
        }

        /** All that is there has no end where rows come faster than they are sent. */
        private boolean gatheredLongEnough() {
            return early
                    && sent > 0
                    && rowsMax == Long.MAX_VALUE
                    && System.nanoTime() - lingerEnd > GATHER_MAX.toNanos();
        }

        /** Before the rows that are to be counted from there. */
        private void tellResumePoint() {
            String point = rows.newResumePoint();
            if (point != null) {
                out.parameterStatus(RESUME_POINT, point);
            }
        }

        private void writeBuffered() {
            tellResumePoint();
            long before = sent;
            int count;
            while ((count = rows.take(numbers, (int) Math.min(numbers.length, rowsMax - sent))) > 0) {
                if (!answer.silent()) {
                    write(count);
                }
                sent += count;
            }
            answer.counted(sent - before);
            if (before == 0 && sent > 0) {
                lingerEnd = System.nanoTime() + suspendAfter.toNanos();
            }
            if (rows.retracted()) {
                out.warning("01000", "the query takes rows back, which an answer cannot show: it has rows that came");
            }
        }

        private void write(int count) {
            int next = 0;
            while (next < count) {
                next = form.encode(rows.batch(), numbers, next, count, out.buffer());
                out.flushIfFull();
            }
        }

        /** Waits for rows and returns whether to go on; false ends this go with what was sent. */
        private boolean awaitMore() {
            if (early && sent > 0) {
                long linger = lingerEnd - System.nanoTime();
                return linger > 0 && (rows.fill(Duration.ofNanos(linger)) || rows.finished());
            }
            out.flush();
            while (true) {
                cancellation.check();
                boolean last = deadline.within(keepAlive);
                if (rows.fill(last ? deadline.left() : keepAlive) || rows.finished()) {
                    return true;
                }
                if (last && deadline.passed()) {
                    return expired();
                }
                tellResumePoint();
                out.parameterStatus("application_name", settings.shown("application_name"));
                out.flush();
            }
        }

        private boolean expired() {
            if (answer.timeoutMillis() >= 0) {
                return false;
            }
            throw Deadline.expired();
        }
    }
}
