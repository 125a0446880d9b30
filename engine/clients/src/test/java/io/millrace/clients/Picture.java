package io.millrace.clients;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;

/** A picture with a bar chart that a tool made. */
record Picture(BufferedImage image) {

    static Picture of(byte[] png) throws IOException {
        return new Picture(ImageIO.read(new ByteArrayInputStream(png)));
    }

    byte[] png() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    /**
     * Counts the coloured stretches of the line that has most of them, right above the chart's ground.
     *
     * @param coloured whether a pixel, as RGB, is of a bar
     */
    int bars(IntPredicate coloured) {
        int most = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            int bars = 0;
            boolean inside = false;
            for (int x = 0; x < image.getWidth(); x++) {
                boolean bar = coloured.test(image.getRGB(x, y));
                bars += bar && !inside ? 1 : 0;
                inside = bar;
            }
            most = Math.max(most, bars);
        }
        return most;
    }
}
