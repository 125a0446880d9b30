package io.millrace.examples.function;

import io.millrace.spi.function.ScalarFunction;
import io.millrace.testing.contract.ScalarFunctionContract;
import java.util.List;

class KilometresTest extends ScalarFunctionContract {

    @Override
    protected Class<? extends ScalarFunction> function() {
        return Kilometres.class;
    }

    @Override
    protected List<Example> examples() {
        return List.of(
                Example.of(0.0, 52.5, 13.4, 52.5, 13.4),
                Example.of(10007.55722101796, 0.0, 0.0, 90.0, 0.0),
                Example.of(20015.114442035923, 0.0, 0.0, 0.0, 180.0));
    }
}
