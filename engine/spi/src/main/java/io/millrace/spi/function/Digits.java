package io.millrace.spi.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which DECIMAL a {@link java.math.BigDecimal} is: {@code @Digits(precision = 10, scale = 2) BigDecimal}. */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Digits {

    /** Digits in all. */
    int precision();

    /** Digits after the point; more are rounded half away from zero. */
    int scale();
}
