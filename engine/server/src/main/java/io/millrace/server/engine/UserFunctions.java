package io.millrace.server.engine;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.statement.Statement.CreateFunction;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What functions that users make are made of. */
final class UserFunctions {

    private final FunctionJars jars;
    private final FunctionRights rights;

    UserFunctions(FunctionJars jars, FunctionRights rights) {
        this.jars = jars;
        this.rights = rights;
    }

    /** Returns what a statement of this user defines; the copy of its jar is durable then. */
    FunctionDefinition define(CreateFunction.Source source, String user) {
        return switch (source) {
            case CreateFunction.InSql sql -> sql.function();
            case CreateFunction.InJava java -> {
                rights.require(user);
                String checksum = jars.install(java.path());
                String wanted = java.checksum();
                if (wanted != null && !wanted.toLowerCase(Locale.ROOT).equals(checksum)) {
                    throw new MillraceException(
                            ErrorCode.INVALID_ARGUMENT,
                            "jar " + java.path() + " has another checksum: " + checksum,
                            "give the jar that is meant, or leave CHECKSUM out");
                }
                yield defined(java, checksum);
            }
        };
    }

    /** Returns what a statement of an earlier run defined. */
    FunctionDefinition restore(CreateFunction.Source source) {
        return switch (source) {
            case CreateFunction.InSql sql -> sql.function();
            case CreateFunction.InJava java -> defined(java, Objects.requireNonNull(java.checksum()));
        };
    }

    private FunctionDefinition defined(CreateFunction.InJava java, String checksum) {
        return new FunctionDefinition(
                java.name(),
                FunctionSignature.made(jars.load(checksum, java.className())),
                new FunctionDefinition.InJava(java.className(), java.path(), checksum));
    }

    /** Deletes the jars that no function of a catalog uses. */
    void tidy(LiveCatalog catalog) {
        Set<String> used = catalog.functions().stream()
                .map(FunctionDefinition::code)
                .filter(FunctionDefinition.InJava.class::isInstance)
                .map(code -> ((FunctionDefinition.InJava) code).checksum())
                .collect(Collectors.toSet());
        jars.keepOnly(used);
    }
}
