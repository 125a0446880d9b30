package io.millrace.plan.text;

import io.millrace.plan.Emission;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.WindowSpec.Cumulating;
import io.millrace.plan.WindowSpec.Hopping;
import io.millrace.plan.WindowSpec.Session;
import java.util.List;

/** Windows, and when they are put out. */
final class WindowText {

    private WindowText() {}

    static String window(WindowSpec window, String time) {
        return switch (window) {
            case Hopping w ->
                "window " + time + ", size " + DurationText.micros(w.size())
                        + (w.tumbling() ? "" : ", slide " + DurationText.micros(w.slide()))
                        + offset(w.offset());
            case Cumulating w ->
                "window " + time + ", cumulating to " + DurationText.micros(w.size()) + ", step "
                        + DurationText.micros(w.step()) + offset(w.offset());
            case Session w -> "window " + time + ", session with a gap of " + DurationText.micros(w.gap());
        };
    }

    private static String offset(long offset) {
        return offset == 0 ? "" : ", offset " + DurationText.micros(offset);
    }

    static List<String> emission(Emission emission) {
        if (!emission.early()) {
            return List.of();
        }
        return List.of("emits every change"
                + (emission.latenessMicros() == 0
                        ? ""
                        : ", takes rows for " + DurationText.micros(emission.latenessMicros()) + " more"));
    }
}
