package io.millrace.server.aws;

import io.millrace.server.stream.StreamService;
import io.millrace.server.stream.StreamSummary;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what a request names: a stream by its name or ARN, a shard by its id. */
final class StreamLookup {

    private static final Pattern ARN = Pattern.compile("arn:aws.*:kinesis:.*:\\d{12}:stream/(\\S+)");
    private static final Pattern SHARD_ID = Pattern.compile("[a-zA-Z0-9_.]+-0*(\\d{1,10})");

    private final StreamService streams;

    StreamLookup(StreamService streams) {
        this.streams = streams;
    }

    /** Returns the name in StreamName or StreamARN, checking all of the request's members. */
    String streamName(Members request) {
        String name = request.string("StreamName", 1, 128, Members.NAME);
        String arn = request.string("StreamARN", 1, 2048, ARN);
        request.check();
        String named = arn == null ? name : inArn(arn);
        if (named == null) {
            throw AwsException.invalidArgument("Either StreamName or StreamARN must be provided.");
        }
        if (name != null && !name.equals(named)) {
            throw AwsException.invalidArgument("StreamName " + name + " does not match StreamARN " + arn + ".");
        }
        return named;
    }

    private static @Nullable String inArn(String arn) {
        Matcher parts = ARN.matcher(arn);
        return parts.matches() ? parts.group(1) : null;
    }

    StreamSummary stream(String name, Caller caller) {
        try {
            return streams.describe(name);
        } catch (MillraceException e) {
            throw e.code() == ErrorCode.UNDEFINED_NAME ? notFound(name, caller) : e;
        }
    }

    static AwsException notFound(String name, Caller caller) {
        return AwsException.notFound("Stream " + name + " under account " + caller.account() + " not found.");
    }

    /** Returns the shard of an id; the service takes any {@code word-number}, leading zeros or not. */
    ShardLog shard(String stream, String shardId, Caller caller) {
        Matcher form = SHARD_ID.matcher(shardId);
        if (form.matches()) {
            long number = Long.parseLong(form.group(1));
            for (ShardLog shard : streams.log(stream).shards()) {
                if (shard.description().number() == number) {
                    return shard;
                }
            }
        }
        throw AwsException.notFound(
                "Shard " + shardId + " in stream " + stream + " under account " + caller.account() + " does not exist");
    }
}
