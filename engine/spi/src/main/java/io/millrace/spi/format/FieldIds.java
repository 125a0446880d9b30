package io.millrace.spi.format;

import java.util.List;

/**
 * The number by which a table knows a field, whatever the field is called, and those inside it.
 *
 * @param id the field's own
 * @param inside of an ARRAY its element's, of a MAP its key's and its value's, of a ROW its fields'; else none
 */
public record FieldIds(int id, List<FieldIds> inside) {

    public FieldIds {
        inside = List.copyOf(inside);
    }
}
