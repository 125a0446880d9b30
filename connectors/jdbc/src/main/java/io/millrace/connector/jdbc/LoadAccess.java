package io.millrace.connector.jdbc;

import io.millrace.spi.Options;

/** Who reads the staged files, as {@code COPY} is told. */
final class LoadAccess {

    private LoadAccess() {}

    /**
     * Returns the role of {@code iam_role}, or the keys that the bucket is reached with, or else the cluster's own role;
     * and the bucket's region where that is given.
     */
    static String clause(Options options) {
        String region = options.has("region") ? " REGION " + quoted(options.get("region", "")) : "";
        return who(options) + region;
    }

    private static String who(Options options) {
        String role = options.get("iam_role", "");
        if (!role.isEmpty()) {
            return role.equalsIgnoreCase("default") ? "IAM_ROLE default" : "IAM_ROLE " + quoted(role);
        }
        if (!options.has("access_key_id") || !options.has("secret_access_key")) {
            return "IAM_ROLE default";
        }
        String token = options.has("session_token") ? " SESSION_TOKEN " + quoted(options.get("session_token", "")) : "";
        return "ACCESS_KEY_ID " + quoted(options.get("access_key_id", "")) + " SECRET_ACCESS_KEY "
                + quoted(options.get("secret_access_key", "")) + token;
    }

    /** Returns a literal. Redshift takes a backslash for an escape, as PostgreSQL once did. */
    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
