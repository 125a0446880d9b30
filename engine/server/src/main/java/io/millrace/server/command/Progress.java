package io.millrace.server.command;

import java.io.PrintStream;

/** Shows on a terminal how far long work has come, a few times a second; elsewhere it is silent. */
final class Progress {

    private static final long SHOW_EVERY_NANOS = 250_000_000L;

    private final PrintStream out;
    private final String what;

    /** The launcher chooses the console that is none where output goes elsewhere. */
    @SuppressWarnings("SystemConsoleNull")
    private final boolean terminal = System.console() != null;

    private final long started = System.nanoTime();
    private long shown = started;
    private boolean visible;

    Progress(PrintStream out, String what) {
        this.out = out;
        this.what = what;
    }

    void at(long count) {
        long now = System.nanoTime();
        if (terminal && now - shown >= SHOW_EVERY_NANOS) {
            shown = now;
            visible = true;
            double seconds = (now - started) / 1e9;
            out.printf("\r%,d %s, %,.0f a second   ", count, what, count / seconds);
            out.flush();
        }
    }

    /** Takes the line away. */
    void finish() {
        if (visible) {
            out.print("\r" + " ".repeat(70) + "\r");
            out.flush();
        }
    }
}
