package io.millrace.examples.function;

import io.millrace.spi.function.ScalarFunction;

/**
 * The distance between two places on Earth, along its surface: {@code kilometres(latitude, longitude, latitude,
 * longitude)} in degrees.
 *
 * <pre>
 *   CREATE FUNCTION kilometres AS 'io.millrace.examples.function.Kilometres' USING JAR 'functions.jar'
 * </pre>
 */
public final class Kilometres implements ScalarFunction {

    private static final double EARTH_RADIUS = 6371.0088;

    public double apply(double fromLatitude, double fromLongitude, double toLatitude, double toLongitude) {
        double north = Math.toRadians(toLatitude - fromLatitude) / 2;
        double east = Math.toRadians(toLongitude - fromLongitude) / 2;
        double chord = Math.sin(north) * Math.sin(north)
                + Math.cos(Math.toRadians(fromLatitude))
                        * Math.cos(Math.toRadians(toLatitude))
                        * Math.sin(east)
                        * Math.sin(east);
        return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.min(1, chord)));
    }
}
