package io.millrace.examples.function;

import io.millrace.examples.function.QueryParts.Part;
import io.millrace.spi.function.TableFunction;
import io.millrace.testing.contract.TableFunctionContract;
import java.util.List;

class QueryPartsTest extends TableFunctionContract {

    @Override
    protected Class<? extends TableFunction> function() {
        return QueryParts.class;
    }

    @Override
    protected List<Example> examples() {
        return List.of(
                Example.of(List.of(new Part("page", "2"), new Part("size", "50")), "page=2&size=50"),
                Example.of(List.of(new Part("flag", ""), new Part("a", "b=c")), "flag&&a=b=c"),
                Example.of(List.of(), ""));
    }
}
