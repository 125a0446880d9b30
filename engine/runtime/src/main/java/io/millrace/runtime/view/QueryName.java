package io.millrace.runtime.view;

import io.millrace.plan.Plan;
import io.millrace.plan.json.PlanJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Tells a view's query from others whose rows have the same columns. The ids of a plan's nodes do not: they name state, and
 * leave out what state does not depend on. The column that is the rows' time does: what was promised of another holds no
 * longer.
 */
final class QueryName {

    private QueryName() {}

    /** Returns the SHA-256 of the plan, in hexadecimal digits. */
    static String of(Plan plan) {
        return hash(PlanJson.write(plan));
    }

    /** Returns what the plan was called before views passed their time on; of those nothing was promised. */
    static Set<String> earlier(Plan plan) {
        Set<String> names = new HashSet<>();
        for (boolean markedScans : new boolean[] {false, true}) {
            names.add(hash(PlanJson.writeTimeless(plan, markedScans)));
        }
        return names;
    }

    private static String hash(String plan) {
        try {
            byte[] text = plan.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
