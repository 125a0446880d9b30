package io.millrace.plan.text;

import io.millrace.plan.AsOf;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinTime;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a join does, and for how long it keeps the rows of either side. */
final class JoinText {

    /** What a line begins with about the rows of the left side. */
    static final String STATE_OF_LEFT = "state of the left";

    private final Join join;

    private JoinText(Join join) {
        this.join = join;
    }

    static List<String> render(Join join, boolean endless) {
        return new JoinText(join).lines(endless);
    }

    private List<String> lines(boolean endless) {
        List<String> lines = new ArrayList<>();
        lines.add(join.type().name().toLowerCase(Locale.ROOT)
                + (join.keys().isEmpty() ? "" : " on ")
                + join.keys().stream().map(this::key).collect(Collectors.joining(" and ")));
        if (join.condition() != null) {
            lines.add("condition " + ExpressionText.render(join.condition(), this::column));
        }
        if (join.asOf() != null) {
            lines.add(asOf(join.asOf()));
        }
        if (endless && join.asOf() != null) {
            lines.addAll(state(join.asOf()));
        } else if (endless) {
            lines.add(STATE_OF_LEFT + ": " + kept(join.left(), true));
            lines.add("state of the right: " + kept(join.right(), false));
        }
        return lines;
    }

    private String asOf(AsOf asOf) {
        return "with the " + (asOf.after() ? "first" : "last") + " whose " + right(asOf.right())
                + (asOf.after() ? " >" : " <") + (asOf.strict() ? " " : "= ") + left(asOf.left());
    }

    private List<String> state(AsOf asOf) {
        return List.of(
                "state of the left: a row is kept until "
                        + (asOf.after()
                                ? "its partner has come and " + right(asOf.right()) + " has passed that"
                                : right(asOf.right()) + " has passed " + left(asOf.left())),
                "state of the right: a row is kept until " + left(asOf.left()) + " has passed "
                        + (asOf.after() ? right(asOf.right()) : "the next of its key"));
    }

    private String key(JoinKey key) {
        return left(key.left()) + (key.nullsMatch() ? " is not distinct from " : " = ") + right(key.right());
    }

    private String kept(PlanNode input, boolean left) {
        PlanNode other = left ? join.right() : join.left();
        if (Plan.lookedUp(other)) {
            return "nothing";
        }
        if (Plan.lookedUp(input) || Plan.updating(input)) {
            return "rows are kept for as long as they are there";
        }
        for (JoinTime time : join.times()) {
            if (left && time.freesLeft()) {
                return "a row is kept until " + right(time.right()) + " has passed "
                        + later(left(time.left()), time.upper());
            }
            if (!left && time.freesRight()) {
                return "a row is kept until " + left(time.left()) + " has passed "
                        + later(right(time.right()), -time.lower());
            }
        }
        return input instanceof PlanNode.Values ? "constant" : "rows are kept for ever";
    }

    private static String later(String time, long micros) {
        if (micros == 0) {
            return time;
        }
        return time + (micros > 0 ? " + " : " - ") + DurationText.micros(Math.abs(micros));
    }

    private String column(int index) {
        int own = join.left().rowType().size();
        return index < own ? left(index) : right(index - own);
    }

    private String left(int column) {
        return "left." + join.left().rowType().field(column).name();
    }

    private String right(int column) {
        return "right." + join.right().rowType().field(column).name();
    }
}
