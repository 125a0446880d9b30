package io.millrace.server.aws;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;

/** Processors of Firehose's configurations, as tests write them. */
final class Processors {

    private Processors() {}

    /** @param parameters each as {@code name=value} */
    static Processor of(String type, String... parameters) {
        List<ProcessorParameter> all = Stream.of(parameters)
                .map(each -> each.split("=", 2))
                .map(pair -> ProcessorParameter.builder()
                        .parameterName(pair[0])
                        .parameterValue(pair[1])
                        .build())
                .toList();
        return Processor.builder().type(type).parameters(all).build();
    }
}
