package io.millrace.sql.function;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** All functions as a user types them, for SHOW FUNCTIONS. */
public final class FunctionList {

    /** By kind, then by name. */
    public static final List<Entry> ALL = all();

    private FunctionList() {}

    /**
     * A way to call a function.
     *
     * @param name its name, in lower case
     * @param arguments what stands behind the name: arguments with their brackets, or nothing
     * @param kind what it is about
     */
    public record Entry(String name, String arguments, String kind) {}

    private static List<Entry> all() {
        List<Entry> all = new ArrayList<>();
        Builtins.NUMBERS.forEach(builtin -> all.add(entry(builtin, "number")));
        Builtins.TEXTS.forEach(builtin -> all.add(entry(builtin, "text")));
        Builtins.TIMES.forEach(builtin -> all.add(entry(builtin, "time")));
        Builtins.COLLECTIONS.forEach(builtin -> all.add(entry(builtin, "collection")));
        WRITTEN.lines().forEach(line -> {
            String[] parts = line.split(" ?\\| ?", -1);
            all.add(new Entry(parts[1], parts[2], parts[0]));
        });
        all.sort(Comparator.comparing(Entry::kind).thenComparing(Entry::name).thenComparing(Entry::arguments));
        return List.copyOf(all);
    }

    private static Entry entry(Builtin builtin, String kind) {
        StringBuilder arguments = new StringBuilder("(");
        for (int i = 0; i < builtin.parameters().size(); i++) {
            String parameter = builtin.parameters().get(i).name().toLowerCase(Locale.ROOT);
            String comma = i == 0 ? "" : ", ";
            arguments.append(i < builtin.required() ? comma + parameter : " [" + comma.strip() + " " + parameter + "]");
        }
        String name = builtin.operator().getName().toLowerCase(Locale.ROOT);
        return new Entry(name, arguments.append(')').toString(), kind);
    }

    /** What has a syntax or types of its own. */
    private static final String WRITTEN = """
        aggregate|any_value|(value)
        aggregate|approx_count_distinct|(value)
        aggregate|approx_percentile|(number, share)
        aggregate|approx_quantile|(number, share)
        aggregate|approx_quantiles|(number, integer)
        aggregate|approx_top_k|(value, integer)
        aggregate|arg_max|(value, value)
        aggregate|arg_min|(value, value)
        aggregate|array_agg|([DISTINCT] value [ORDER BY value, …])
        aggregate|avg|(number)
        aggregate|bit_and|(integer)
        aggregate|bit_or|(integer)
        aggregate|bit_xor|(integer)
        aggregate|bool_and|(boolean)
        aggregate|bool_or|(boolean)
        aggregate|corr|(number, number)
        aggregate|count|(*)
        aggregate|count|([DISTINCT] value)
        aggregate|count_if|(boolean)
        aggregate|countif|(boolean)
        aggregate|covar_pop|(number, number)
        aggregate|covar_samp|(number, number)
        aggregate|every|(boolean)
        aggregate|first_value|(value)
        aggregate|grouping|(key)
        aggregate|grouping_id|(key, …)
        aggregate|last_value|(value)
        aggregate|kurtosis|(number)
        aggregate|listagg|([DISTINCT] text [, text]) [WITHIN GROUP (ORDER BY value, …)]
        aggregate|max|(value)
        aggregate|max_by|(value, value)
        aggregate|median|(number)
        aggregate|min|(value)
        aggregate|min_by|(value, value)
        aggregate|mode|() WITHIN GROUP (ORDER BY value)
        aggregate|mode|(value)
        aggregate|percentile_cont|(share) WITHIN GROUP (ORDER BY number)
        aggregate|percentile_disc|(share) WITHIN GROUP (ORDER BY value)
        aggregate|regr_avgx|(number, number)
        aggregate|regr_avgy|(number, number)
        aggregate|regr_count|(number, number)
        aggregate|regr_intercept|(number, number)
        aggregate|regr_r2|(number, number)
        aggregate|regr_slope|(number, number)
        aggregate|regr_sxx|(number, number)
        aggregate|regr_sxy|(number, number)
        aggregate|regr_syy|(number, number)
        aggregate|skewness|(number)
        aggregate|some|(boolean)
        aggregate|stddev|(number)
        aggregate|stddev_pop|(number)
        aggregate|stddev_samp|(number)
        aggregate|string_agg|([DISTINCT] text, text [ORDER BY value, …])
        aggregate|sum|([DISTINCT] number)
        aggregate|var_pop|(number)
        aggregate|var_samp|(number)
        aggregate|variance|(number)
        collection|array_append|(array, value)
        collection|array_cat|(array, array)
        collection|array_contains_all|(array, array)
        collection|array_fill|(value, array)
        collection|array_length|(array, integer)
        collection|array_lower|(array, integer)
        collection|array_overlaps|(array, array)
        collection|array_position|(array, value [, integer])
        collection|array_positions|(array, value)
        collection|array_prepend|(value, array)
        collection|array_remove|(array, value)
        collection|array_replace|(array, value, value)
        collection|array_slice|(array, integer, integer)
        collection|array_upper|(array, integer)
        collection|trim_array|(array, integer)
        collection|cardinality|(array | map)
        collection|generate_series|(integer, integer [, integer])
        collection|generate_series|(time, time, interval)
        conditional|case|WHEN condition THEN value … [ELSE value] END
        conditional|coalesce|(value, …)
        conditional|greatest|(value, …)
        conditional|if|(condition, value, value)
        conditional|ifnull|(value, value)
        conditional|nvl|(value, value)
        conditional|least|(value, …)
        conditional|num_nonnulls|(value, …)
        conditional|num_nulls|(value, …)
        conditional|nullif|(value, value)
        conversion|cast|(value AS type)
        conversion|safe_cast|(value AS type)
        conversion|try_cast|(value AS type)
        json|json_array|(value, … [NULL | ABSENT ON NULL])
        json|json_exists|(text, path [TRUE | FALSE | UNKNOWN | ERROR ON ERROR])
        json|json_object|(KEY text VALUE value, … [NULL | ABSENT ON NULL])
        json|json_query|(text, path [WITH [CONDITIONAL] WRAPPER] [… ON EMPTY] [… ON ERROR])
        json|json_value|(text, path [RETURNING type] [… ON EMPTY] [… ON ERROR])
        json|to_json|(value)
        json|to_jsonb|(value)
        number|ceil|(number)
        number|degrees|(number)
        number|floor|(number)
        number|log|(number)
        number|log|(number, number)
        number|mod|(number, number)
        number|pi|()
        number|radians|(number)
        over|cume_dist|() OVER (…)
        over|dense_rank|() OVER (…)
        over|lag|(value [, rows [, default]]) [IGNORE NULLS] OVER (…)
        over|lead|(value [, rows [, default]]) [IGNORE NULLS] OVER (…)
        over|nth_value|(value, number) [IGNORE NULLS] OVER (…)
        over|ntile|(number) OVER (…)
        over|percent_rank|() OVER (…)
        over|rank|() OVER (…)
        match|first|(value [, rows]) in MATCH_RECOGNIZE
        match|last|(value [, rows]) in MATCH_RECOGNIZE
        match|prev|(value [, rows]) in MATCH_RECOGNIZE
        match|next|(value [, rows]) in MATCH_RECOGNIZE
        match|classifier|() in MATCH_RECOGNIZE
        match|match_number|() in MATCH_RECOGNIZE
        match|match_rowtime|() in MATCH_RECOGNIZE
        over|row_number|() OVER (…)
        text|concat_ws|(text, value, …)
        text|concat|(value, …)
        text|overlay|(text PLACING text FROM integer [FOR integer])
        text|position|(text IN text)
        text|regexp_count|(text, text [, integer [, text]])
        text|regexp_instr|(text, text [, integer [, integer [, integer [, text [, integer]]]]])
        text|regexp_like|(text, text [, text])
        text|regexp_match|(text, text [, text])
        text|regexp_matches|(text, text [, text])
        text|regexp_replace|(text, text, text [, text])
        text|regexp_replace|(text, text, text, integer [, integer [, text]])
        text|regexp_split_to_array|(text, text [, text])
        text|regexp_substr|(text, text [, integer [, integer [, text [, integer]]]])
        text|to_char|(number, text)
        text|to_number|(text, text)
        text|trim|([LEADING | TRAILING | BOTH] [text FROM] text)
        time|ceil|(datetime TO unit)
        time|date_bin|(interval, datetime, datetime)
        time|dayofmonth|(datetime)
        time|dayofweek|(datetime)
        time|dayofyear|(datetime)
        time|hour|(datetime)
        time|make_interval|([years => integer] [, months => integer])
        time|make_interval|([weeks => integer] [, days => integer] [, hours => integer] [, mins => integer] [, secs => number])
        time|minute|(datetime)
        time|month|(datetime)
        time|quarter|(datetime)
        time|second|(datetime)
        time|week|(datetime)
        time|year|(datetime)
        time|current_date|
        time|current_row_timestamp|
        time|current_time|
        time|current_timestamp|
        time|extract|(unit FROM datetime)
        time|floor|(datetime TO unit)
        time|last_day|(datetime)
        time|localtime|
        time|localtimestamp|
        time|make_timestamp|(integer, integer, integer, integer, integer, number)
        time|step|(datetime BY interval)
        time|timestampadd|(unit, integer, datetime)
        time|timestampdiff|(unit, datetime, datetime)
        time|timezone|(text, datetime)
        time|to_date|(text, text)
        time|to_char|(datetime, text)
        time|to_timestamp|(number)
        time|to_timestamp|(text [, text])
        time|tsdiff|(datetime, datetime)
        window|cumulate|(TABLE stream, DESCRIPTOR(column), interval, interval [, interval])
        window|hop|(TABLE stream, DESCRIPTOR(column), interval, interval [, interval])
        window|session|(TABLE stream [PARTITION BY column, ...], DESCRIPTOR(column), interval)
        window|tumble|(TABLE stream, DESCRIPTOR(column), interval [, interval])
        """;
}
