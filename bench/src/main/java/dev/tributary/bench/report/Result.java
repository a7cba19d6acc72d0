// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import java.util.SortedMap;

/**
 * One benchmark with one set of parameters.
 *
 * @param suite simple name of its class
 * @param name of its method
 * @param nanos a call took on average
 * @param spread between the slowest and the fastest iteration, as a share of the average
 * @param allocatedBytes in a call, NaN where nobody looked
 */
record Result(
        String suite,
        String name,
        SortedMap<String, String> params,
        double nanos,
        double spread,
        double allocatedBytes) {

    /** A parameter's value, empty when the benchmark has no such parameter. */
    String param(String key) {
        return params.getOrDefault(key, "");
    }

    int number(String key) {
        return Integer.parseInt(param(key));
    }

    boolean is(String ofSuite, String named) {
        return suite.equals(ofSuite) && name.equals(named);
    }
}
