// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

/**
 * What one node tells another of a third: that it lives. The rest is in its {@link NodeRecord}.
 *
 * @param node the node's id
 * @param ageSeconds since it was last heard of by somebody
 */
public record Member(long node, int ageSeconds) {
    static final int BYTES = 8 + 2;

    /** Above this many seconds all ages look the same. */
    public static final int MAX_AGE_SECONDS = 0xFFFF;

    static Member read(WireReader in) {
        return new Member(in.u64(), in.u16());
    }

    void write(WireWriter out) {
        out.u64(node).u16(Math.min(ageSeconds, MAX_AGE_SECONDS));
    }
}
