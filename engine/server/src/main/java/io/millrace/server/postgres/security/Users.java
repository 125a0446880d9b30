package io.millrace.server.postgres.security;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may log in. Safe for use by several threads; answers may change while the server runs. */
public interface Users {

    /** Returns what is kept of the user's password, or null where there is no such user. */
    @Nullable
    ScramVerifier verifier(String user);

    /** Returns whether there is nobody. */
    boolean isEmpty();

    /** Returns users that do not change. */
    static Users of(Map<String, ScramVerifier> verifiers) {
        Map<String, ScramVerifier> fixed = Map.copyOf(verifiers);
        return new Users() {
            @Override
            public @Nullable ScramVerifier verifier(String user) {
                return fixed.get(user);
            }

            @Override
            public boolean isEmpty() {
                return fixed.isEmpty();
            }
        };
    }
}
