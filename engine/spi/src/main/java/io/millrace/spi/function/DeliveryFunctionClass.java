package io.millrace.spi.function;

import io.millrace.spi.function.FunctionSignature.Parameter;
import io.millrace.spi.type.DataType;
import java.util.List;

/**
 * The class of a function that transforms records of deliveries.
 *
 * @param owner the class
 */
public record DeliveryFunctionClass(Class<?> owner) {

    /** Returns what SQL sees of it: bytes to bytes. */
    public FunctionSignature signature() {
        return new FunctionSignature(
                FunctionKind.DELIVERY,
                List.of(new Parameter("data", DataType.VARBINARY, false)),
                DataType.VARBINARY,
                true,
                FunctionClass.of(owner).deterministic());
    }

    /**
     * Creates an instance of the function.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_STATEMENT} where it cannot be made
     */
    public DeliveryFunction instance() {
        return (DeliveryFunction) FunctionClass.of(owner).instance();
    }
}
