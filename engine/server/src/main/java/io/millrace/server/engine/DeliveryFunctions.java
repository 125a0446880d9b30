package io.millrace.server.engine;

import io.millrace.delivery.transform.JavaFunctions;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.DeliveryFunction;
import io.millrace.spi.function.DeliveryFunctionClass;
import io.millrace.spi.function.FunctionClasses;
import io.millrace.spi.function.FunctionKind;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import java.util.function.Supplier;

/** Functions that deliveries name to transform their records. */
record DeliveryFunctions(Catalog catalog, FunctionClasses classes) implements JavaFunctions.Finder {

    /** Returns these, each call in a thread of its own that holds up no end of the process. */
    JavaFunctions threaded() {
        return new JavaFunctions(
                this, Thread.ofPlatform().daemon().name("transform-", 1).factory());
    }

    @Override
    public Supplier<DeliveryFunction> find(String name) {
        FunctionDefinition function = catalog.function(name);
        if (function == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "function '" + name + "', which is to transform records, does not exist",
                    "create it with CREATE FUNCTION " + name
                            + " AS 'class' USING JAR '…', or give the URL of one, such as"
                            + " 'http://127.0.0.1:9000/clean'");
        }
        if (function.signature().kind() != FunctionKind.DELIVERY
                || !(function.code() instanceof FunctionDefinition.InJava code)) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "function '" + name + "' transforms no records",
                    "name one whose class implements " + DeliveryFunction.class.getName()
                            + "; others are called in CREATE DELIVERY … AS SELECT STREAM");
        }
        DeliveryFunctionClass made = new DeliveryFunctionClass(classes.load(code.checksum(), code.className()));
        return made::instance;
    }
}
