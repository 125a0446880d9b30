package io.millrace.runtime.expression.function;

/**
 * The proleptic Gregorian calendar over day numbers, without objects. Months are counted through from the month
 * {@code year * 12}, January of that year.
 *
 * <p>Years are reckoned from the first of March, so that the leap day is a year's last; 400 of them have 146097
 * days.
 */
final class Civil {

    /** Days from 0000-03-01 to 1970-01-01. */
    private static final long MARCH_0000 = 719_468;

    private static final long CYCLE = 146_097;

    private Civil() {}

    private static long cycle(long day) {
        return Math.floorDiv(day + MARCH_0000, CYCLE);
    }

    private static int dayOfCycle(long day) {
        return (int) Math.floorMod(day + MARCH_0000, CYCLE);
    }

    private static int yearOfCycle(int dayOfCycle) {
        return (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36524 - dayOfCycle / 146096) / 365;
    }

    private static int dayOfYear(int dayOfCycle, int yearOfCycle) {
        return dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
    }

    /** Returns the number of the month that a day is in. */
    static long month(long day) {
        int dayOfCycle = dayOfCycle(day);
        int year = yearOfCycle(dayOfCycle);
        int marchMonth = (5 * dayOfYear(dayOfCycle, year) + 2) / 153;
        return (cycle(day) * 400 + year) * 12 + marchMonth + 2;
    }

    static long year(long day) {
        return Math.floorDiv(month(day), 12);
    }

    static int dayOfMonth(long day) {
        int dayOfCycle = dayOfCycle(day);
        int dayOfYear = dayOfYear(dayOfCycle, yearOfCycle(dayOfCycle));
        int marchMonth = (5 * dayOfYear + 2) / 153;
        return dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    }

    /** Returns the day of a month by its number. */
    static long day(long month, int dayOfMonth) {
        long fromMarch = month - 2;
        long year = Math.floorDiv(fromMarch, 12);
        int marchMonth = Math.floorMod(fromMarch, 12);
        int yearOfCycle = Math.floorMod(year, 400);
        int dayOfYear = (153 * marchMonth + 2) / 5 + dayOfMonth - 1;
        int dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear;
        return Math.floorDiv(year, 400) * CYCLE + dayOfCycle - MARCH_0000;
    }

    /** Returns how many days a month has. */
    static int length(long month) {
        return (int) (day(month + 1, 1) - day(month, 1));
    }

    /** Returns the year that has the Thursday of the day's week. */
    static long isoYear(long day) {
        return year(thursday(day));
    }

    static long isoWeek(long day) {
        long thursday = thursday(day);
        return (thursday - day(year(thursday) * 12, 1)) / 7 + 1;
    }

    private static long thursday(long day) {
        return day - Math.floorMod(day + 3, 7) + 3;
    }
}
