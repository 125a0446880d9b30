package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.ViewDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement is made of views as they were when it was planned. */
class ViewChangeTest {

    private static final RowType COLUMNS =
            RowType.of(Field.nullable("ts", DataType.TIMESTAMP), Field.nullable("due", DataType.TIMESTAMP));

    private final LiveCatalog catalog = new LiveCatalog();

    ViewChangeTest() {
        PlanNode query = new PlanNode.Scan("scan", "s", COLUMNS, 0, new Rowtime.EventTime("ts", 0, 0));
        catalog.views.put("v", new ViewDefinition("v", COLUMNS, new Plan(query, true, 0), "SELECT ts, due FROM s"));
    }

    private void refuse(Rowtime planned) {
        ViewChange.refuseChanging(catalog, new Plan(new PlanNode.Scan("scan", "v", COLUMNS, 0, planned), true, -1));
    }

    @Test
    void whatIsPlannedOfTheViewThatIsThereIsTaken() {
        assertThatCode(() -> refuse(new Rowtime.Changing(false, "ts"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "due")
    void whatIsPlannedOfAViewWithAnotherTimeIsRefused(@Nullable String time) {
        assertThatThrownBy(() -> refuse(new Rowtime.Changing(false, time)))
                .hasMessageContaining("materialized view 'v' was replaced while the statement was made");
    }

    @Test
    void whatIsPlannedOfAViewFromWhichRowsGoIsRefused() {
        assertThatThrownBy(() -> refuse(new Rowtime.Changing(true)))
                .hasMessageContaining("materialized view 'v' was replaced while the statement was made");
    }
}
