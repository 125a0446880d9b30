package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        https://host:8088/intake/v1                  | https://host:8088/intake/v1
        https://host/intake?key=sesame&v=1           | https://host/intake?(hidden)
        https://host/intake?                         | https://host/intake?
        https://me:sesame@host:1/intake?key=sesame   | https://(hidden)@host:1/intake?(hidden)
        https://me:ses@me@host/a@b                   | https://(hidden)@host/a@b
        mongodb://me:sesame@a:1,b:2/db?ssl=true      | mongodb://(hidden)@a:1,b:2/db?(hidden)
        jdbc:postgresql://host/db?sslpassword=sesame | jdbc:postgresql://host/db?(hidden)
        jdbc:sqlserver://host:1;pwd=sesame;x=y       | jdbc:sqlserver://host:1;(hidden)
        jdbc:oracle:thin:scott/sesame@//host/db      | jdbc:oracle:thin:(hidden)@//host/db
        jdbc:oracle:thin:@//host/db                  | jdbc:oracle:thin:@//host/db
        jdbc:duckdb:/lake/a.duckdb                   | jdbc:duckdb:/lake/a.duckdb
        iceberg:market.trades                        | iceberg:market.trades
        file:///lake/a                               | file:///lake/a
        https://(hidden)@host/a?(hidden)             | https://(hidden)@host/a?(hidden)
        abfss://lake@acc.dfs.core.windows.net/a@b    | abfss://lake@acc.dfs.core.windows.net/a@b
        abfss://lake@acc.dfs.core.windows.net/?sig=s | abfss://lake@acc.dfs.core.windows.net/?(hidden)
        delta:abfss://lake@acc.dfs.core.net/a        | delta:abfss://lake@acc.dfs.core.net/a
        abfss://me:sesame@acc/lake                   | abfss://(hidden)@acc/lake
        abfss://me@sesame@acc/lake                   | abfss://(hidden)@acc/lake
        https://ho st/?key=sesame                    | https://ho st/?(hidden)
        """)
    void usersAndQueriesAreNotShown(String url, String shown) {
        assertThat(ShownUrl.of(url)).isEqualTo(shown);
        assertThat(ShownUrl.of(shown)).isEqualTo(shown);
    }

    @Test
    void whatIsHiddenIsHiddenInAnswersToo() {
        ShownUrl url = new ShownUrl("https://me:sesame@host/intake?key=open&v=1");
        assertThat(url.in("nothing at /intake?key=open&v=1 for me:sesame"))
                .isEqualTo("nothing at /intake?(hidden) for (hidden)");
        assertThat(new ShownUrl("https://host/?v=1").in("v=1 is 1")).isEqualTo("v=1 is 1");
    }
}
