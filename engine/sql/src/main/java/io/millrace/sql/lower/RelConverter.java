package io.millrace.sql.lower;

import io.millrace.sql.validate.ValidQuery;
import io.millrace.sql.validate.Validation;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** Valid trees to Calcite's relational algebra. */
final class RelConverter {

    private static final HepProgram NO_RULES = HepProgram.builder().build();
    private static final RexBuilder EXPRESSIONS = new PlainCasts(Validation.factory());
    private static final Convertlets CONVERTLETS = new Convertlets();

    /** No simplifying: Calcite's rules for it know nothing of the errors that an expression may raise. */
    private static final SqlToRelConverter.Config CONFIG = SqlToRelConverter.config()
            .withTrimUnusedFields(false)
            .withExpand(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withAddJsonTypeOperatorEnabled(false)
            .withRelBuilderConfigTransform(config -> config.withSimplify(false)
                    .withSimplifyValues(false)
                    .withSimplifyLimit(false)
                    .withPruneInputOfAggregate(false)
                    .withRemoveRedundantDistinct(false)
                    .withAggregateUnique(true));

    private RelConverter() {}

    static RelRoot convert(ValidQuery query) {
        RelOptCluster cluster = RelOptCluster.create(new HepPlanner(NO_RULES), EXPRESSIONS);
        cluster.setMetadataQuerySupplier(NoMetadata::new);
        SqlToRelConverter converter = new MatchConverter(query, cluster, CONVERTLETS, CONFIG);
        return converter.convertQuery(query.node(), false, true);
    }
}
