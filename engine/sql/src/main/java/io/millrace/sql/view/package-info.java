/**
 * Views that stand for their queries: where a FROM names one, its query is put, as a subquery, before anything else looks
 * at the tree. So whatever is true of a subquery in FROM is true of a view.
 */
@NullMarked
package io.millrace.sql.view;

import org.jspecify.annotations.NullMarked;
