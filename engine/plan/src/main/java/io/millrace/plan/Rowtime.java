package io.millrace.plan;

import org.jspecify.annotations.Nullable;

/**
 * How a scan knows that no earlier row follows.
 */
public sealed interface Rowtime {

    /**
     * ROWTIME is what the log or the writing pump gave; the split's own bounds hold. Rows come in order of
     * it within a split.
     */
    record Arrival() implements Rowtime {}

    /**
     * ROWTIME is a column of the row. No row follows that is older than the newest seen in the split less
     * the delay; one that does is late.
     *
     * @param column the stream's column, by name
     * @param delayMicros how far behind the newest a row may come
     * @param idleMicros after how long without rows a split no longer holds the others back
     */
    record EventTime(String column, long delayMicros, long idleMicros) implements Rowtime {}

    /**
     * The rows are changes of what is kept, such as a table's. In an endless query they come with weights, all that is there
     * first; a bounded one reads what there is.
     *
     * @param updating whether rows go as well, with a weight of −1, or only come
     * @param time the column that is the rows' ROWTIME, by name, where who keeps them promises of later ones that they are
     *     not before a bound; null where nothing is promised. There is none of rows that go
     */
    record Changing(boolean updating, @Nullable String time) implements Rowtime {

        /** Changes of which nothing is known in time. */
        public Changing(boolean updating) {
            this(updating, null);
        }
    }

    /**
     * The rows are changes of what is kept, and only looked up: a row of the other side of a join meets those that are
     * there in the step that it comes in, and what changes later does not change what was put out.
     */
    record Present() implements Rowtime {}

    /**
     * The rows are those of another system's table, which says of itself nothing of what changes: they are asked for by
     * key, for the rows of the other side of a join.
     *
     * @param lookedUp whether a join has said that this will do; a plan has no others
     */
    record Asked(boolean lookedUp) implements Rowtime {}
}
