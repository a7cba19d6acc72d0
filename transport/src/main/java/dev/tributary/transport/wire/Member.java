// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

/**
 * What one node tells another of a third.
 *
 * @param node the node's id
 * @param endpoint where others have reached it
 * @param role wire code of its role
 * @param slots substreams it can supply in all
 * @param depth the largest depth among its substreams, 0 when unknown
 * @param ageSeconds since it was last heard of by somebody
 */
public record Member(long node, Endpoint endpoint, int role, int slots, int depth, int ageSeconds) {
    /** Bytes of the larger form, with an IPv6 address. */
    static final int MAX_BYTES = 8 + 1 + 16 + 2 + 1 + 2 + 1 + 2;

    /** Above this many seconds all ages look the same. */
    public static final int MAX_AGE_SECONDS = 0xFFFF;

    static Member read(WireReader in) {
        long node = in.u64();
        Endpoint endpoint = readEndpoint(in);
        return new Member(node, endpoint, in.u8(), in.u16(), in.u8(), in.u16());
    }

    void write(WireWriter out) {
        out.u64(node);
        writeEndpoint(out, endpoint);
        out.u8(role).u16(slots).u8(depth).u16(Math.min(ageSeconds, MAX_AGE_SECONDS));
    }

    /** An endpoint: 4 or 6, the address, the port. */
    public static Endpoint readEndpoint(WireReader in) {
        int family = in.u8();
        if (family != 4 && family != 6) {
            in.fail();
        }
        byte[] address = new byte[family == 4 ? 4 : 16];
        in.read(address);
        return Endpoint.of(address, in.u16());
    }

    /** Writes what {@link #readEndpoint} reads. */
    public static void writeEndpoint(WireWriter out, Endpoint endpoint) {
        out.u8(endpoint.isIpv4() ? 4 : 6).raw(endpoint.addressBytes()).u16(endpoint.port());
    }
}
