// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import java.util.List;

/**
 * How a cost grows: the exponent of the power law that fits the points best, by least squares of
 * logarithms. 1 is linear.
 */
record Growth(double exponent, double smallest, double largest) {
    /** Runs on a machine that others use too differ by as much. */
    static final double TOLERANCE = 0.1;

    /** A size and what it cost. */
    record Point(double size, double cost) {}

    static Growth of(List<Point> points) {
        double x = points.stream().mapToDouble(p -> Math.log(p.size)).average().orElse(0);
        double y = points.stream().mapToDouble(p -> Math.log(p.cost)).average().orElse(0);
        double xx = 0;
        double xy = 0;
        for (Point point : points) {
            double dx = Math.log(point.size) - x;
            xx += dx * dx;
            xy += dx * (Math.log(point.cost) - y);
        }
        if (xx == 0) {
            throw new IllegalArgumentException("growth needs two sizes at least");
        }
        double smallest = points.stream().mapToDouble(Point::size).min().orElse(0);
        double largest = points.stream().mapToDouble(Point::size).max().orElse(0);
        return new Growth(xy / xx, smallest, largest);
    }

    /** Whether it grows as something of that exponent does, 1 for linear. */
    boolean noWorseThan(double other) {
        return exponent <= other + TOLERANCE;
    }

    /** The exponent that n log n looks like between the smallest and the largest size. */
    double logLinearExponent() {
        double ratio = Math.log(largest) / Math.log(smallest);
        return 1 + Math.log(ratio) / Math.log(largest / smallest);
    }

    boolean noWorseThanLogLinear() {
        return exponent <= logLinearExponent();
    }
}
