package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        file:///lake/part-?.csv                      | file:///lake/part-?.csv
        s3://lake/202?/dt=?/*.csv                    | s3://lake/202?/dt=?/*.csv
        s3://lake/a?.csv?X-Amz-Signature=sesame&v=1  | s3://lake/a?.csv?(hidden)
        az://acc.blob.core.net/lake/a.csv?sv=1&sig=s | az://acc.blob.core.net/lake/a.csv?(hidden)
        s3://key:sesame@lake/a.csv                   | s3://(hidden)@lake/a.csv
        iceberg:m.t?warehouse=abfss://l@a.net/&c=d   | iceberg:m.t?warehouse=abfss://l@a.net/&c=d
        iceberg:m.t?catalog_token=sesame&branch=main | iceberg:m.t?catalog_token=(hidden)&branch=main
        iceberg:m.t?x=postgresql%3A//me:sesame%40h/d | iceberg:m.t?x=(hidden)
        """)
    void usersAndQueriesAreNotShown(String url, String shown) {
        assertThat(ShownUrl.of(url)).isEqualTo(shown);
        assertThat(ShownUrl.of(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://lake/a.csv?versionId=1&X-Amz-Signature=sesame",
                "s3://lake/a.csv?AWSAccessKeyId=AKIA&Signature=sesame",
                "azure://acc.blob.core.windows.net/lake/a.csv?sv=1&sig=sesame",
                "s3://key:sesame@lake/a.csv",
                "file:///lake/a?.csv?token=sesame",
                "iceberg:m.t?catalog_uri=https://me:sesame@host/"
            })
    void secretsInNamesOfRelationsAreRefused(String url) {
        assertThatThrownBy(() -> ShownUrl.refuseSecrets(url, "take it out"))
                .hasMessageContaining("has a secret in it")
                .hasMessageNotContaining("sesame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/a?.csv", "s3://lake/ye?r=2020/a.csv", "abfss://lake@acc.dfs.core.windows.net/a"})
    void whatIsNoSecretIsNotRefused(String url) {
        ShownUrl.refuseSecrets(url, "take it out");
    }

    @Test
    void whatIsHiddenIsHiddenInAnswersToo() {
        ShownUrl url = new ShownUrl("https://me:sesame@host/intake?key=open&v=1");
        assertThat(url.in("nothing at /intake?key=open&v=1 for me:sesame"))
                .isEqualTo("nothing at /intake?(hidden) for (hidden)");
        assertThat(new ShownUrl("https://host/?v=1").in("v=1 is 1")).isEqualTo("v=1 is 1");
    }
}
