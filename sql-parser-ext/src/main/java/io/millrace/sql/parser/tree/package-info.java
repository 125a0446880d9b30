/**
 * Tree nodes of what Calcite's SQL does not have: streams, pumps, materialized views, deliveries, settings.
 *
 * <p>Nodes are immutable. Each can be written back as SQL, by {@link org.apache.calcite.sql.SqlNode#unparse}, that
 * reads as the same tree.
 */
@NullMarked
package io.millrace.sql.parser.tree;

import org.jspecify.annotations.NullMarked;
