// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.sim.PlainSuite;
import java.util.List;

/** What handshakes and links must work with alike. */
final class Suites {
    private Suites() {}

    static List<Suite> both() {
        return List.of(StrongSuite.INSTANCE, PlainSuite.INSTANCE);
    }
}
