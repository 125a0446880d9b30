package io.millrace.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.testing.contract.FileFormatContract;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ArrowFormatTest extends FileFormatContract {

    @Override
    protected FileFormat format() {
        return new ArrowFormat();
    }

    @Override
    protected List<Options> optionsToTry() {
        return List.of(
                Options.NONE, new Options(Map.of("compression", "zstd")), new Options(Map.of("batch_rows", "100")));
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(FileFormat.class)).hasAtLeastOneElementOfType(ArrowFormat.class);
    }
}
