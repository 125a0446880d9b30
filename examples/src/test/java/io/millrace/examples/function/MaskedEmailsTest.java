package io.millrace.examples.function;

import io.millrace.spi.function.DeliveryFunction;
import io.millrace.testing.contract.DeliveryFunctionContract;
import java.util.List;
import java.util.Map;

class MaskedEmailsTest extends DeliveryFunctionContract {

    @Override
    protected Class<? extends DeliveryFunction> function() {
        return MaskedEmails.class;
    }

    @Override
    protected List<Example> examples() {
        return List.of(
                Example.ok(
                        "{\"id\":1,\"email\":\"ada.l@math.example\"}",
                        "{\"id\":1,\"email\":\"***@math.example\"}",
                        Map.of("domain", "math.example")),
                Example.dropped("{\"id\":2,\"email\":\"probe@example.org\"}"),
                Example.failed("{\"id\":3}", "no address"));
    }
}
