package io.millrace.plan.text;

import io.millrace.plan.AfterMatch;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.RowPattern;
import io.millrace.plan.RowPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What an operator does that looks for row patterns. */
final class MatchText {

    private final Match match;
    private final MatchedRows rows;

    private MatchText(Match match) {
        this.match = match;
        this.rows = match.rows();
    }

    static List<String> details(Match match) {
        return new MatchText(match).details();
    }

    private List<String> details() {
        List<String> lines = new ArrayList<>();
        if (!match.partition().isEmpty()) {
            lines.add("partition " + match.partition().stream().map(this::name).collect(Collectors.joining(", ")));
        }
        if (!match.order().isEmpty()) {
            lines.add("order "
                    + match.order().stream()
                            .map(k -> PlanText.key(k, match.input()))
                            .collect(Collectors.joining(", ")));
        }
        lines.add("pattern " + (rows.fromStart() ? "^ " : "") + pattern(rows.pattern(), false)
                + (rows.toEnd() ? " $" : ""));
        if (rows.withinMicros() != MatchedRows.ANY_TIME) {
            lines.add("within " + DurationText.micros(rows.withinMicros()));
        }
        for (PatternVariable variable : rows.variables()) {
            if (variable.condition() != null) {
                lines.add(variable.name() + " where "
                        + ExpressionText.render(
                                variable.condition(),
                                i -> value(variable.values().get(i))));
            }
        }
        measures(lines);
        lines.add(perMatch() + ", then " + after(rows.after()));
        return lines;
    }

    private String perMatch() {
        return switch (rows.perMatch()) {
            case ONE -> "one row a match";
            case ALL -> "all rows of a match";
            case ALL_OMITTING_EMPTY -> "all rows of a match, no empty ones";
            case ALL_WITH_UNMATCHED -> "all rows of a match and those in none";
        };
    }

    private void measures(List<String> lines) {
        for (int i = 0; i < match.measures().size(); i++) {
            String name = match.rowType().field(match.columns().size() + i).name();
            lines.add(name + " = "
                    + ExpressionText.render(
                            match.measures().get(i), v -> value(match.values().get(v))));
        }
    }

    private String after(AfterMatch after) {
        return switch (after.target()) {
            case PAST_LAST_ROW -> "past its last row";
            case NEXT_ROW -> "to the row after its first";
            case FIRST -> "to the first row of " + variables(after.variables());
            case LAST -> "to the last row of " + variables(after.variables());
        };
    }

    private String pattern(RowPattern pattern, boolean inner) {
        return switch (pattern) {
            case RowPattern.Variable v -> rows.variables().get(v.variable()).name();
            case RowPattern.Sequence s -> bracketed(joined(s.parts(), " "), inner);
            case RowPattern.Alternation a -> bracketed(joined(a.parts(), " | "), inner);
            case RowPattern.Permutation p -> "PERMUTE(" + joined(p.parts(), ", ") + ")";
            case RowPattern.Quantified q -> pattern(q.part(), true) + quantifier(q);
            case RowPattern.Excluded e -> "{- " + pattern(e.part(), false) + " -}";
        };
    }

    private String joined(List<RowPattern> parts, String separator) {
        return parts.stream().map(part -> pattern(part, true)).collect(Collectors.joining(separator));
    }

    private static String bracketed(String text, boolean inner) {
        return inner ? "(" + text + ")" : text;
    }

    private static String quantifier(RowPattern.Quantified q) {
        String most = q.most() == RowPattern.UNLIMITED ? "" : String.valueOf(q.most());
        return "{" + q.least() + "," + most + "}" + (q.reluctant() ? "?" : "");
    }

    private String value(MatchValue value) {
        return switch (value) {
            case MatchValue.At at -> place(at.place(), name(at.column()));
            case MatchValue.Here here -> "current " + name(here.column());
            case MatchValue.Classifier classifier -> place(classifier.place(), "CLASSIFIER()");
            case MatchValue.Exists exists -> place(exists.place(), "TRUE");
            case MatchValue.Matched matched -> "MATCHED";
            case MatchValue.MatchNumber number -> "MATCH_NUMBER()";
            case MatchValue.Aggregated a ->
                (a.whole() ? "FINAL " : "RUNNING ") + PlanText.call(a.call(), match.input()) + " of "
                        + variables(a.variables());
        };
    }

    private String place(RowPlace place, String what) {
        String text = (place.whole() ? "FINAL " : "") + (place.first() ? "FIRST(" : "LAST(")
                + variables(place.variables()) + "." + what + ", " + place.skipped() + ")";
        return place.offset() == 0
                ? text
                : (place.offset() < 0 ? "PREV(" : "NEXT(") + text + ", " + Math.abs(place.offset()) + ")";
    }

    private String variables(List<Integer> variables) {
        if (variables.size() == rows.variables().size() && variables.size() > 1) {
            return "*";
        }
        String names =
                variables.stream().map(v -> rows.variables().get(v).name()).collect(Collectors.joining(", "));
        return variables.size() == 1 ? names : "(" + names + ")";
    }

    private String name(int column) {
        return match.input().rowType().field(column).name();
    }
}
