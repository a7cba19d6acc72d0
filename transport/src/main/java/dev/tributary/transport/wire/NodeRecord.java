// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a node says of itself under its signature: others pass it on as it is, and can change
 * nothing in it.
 *
 * @param key the node's public key, which its id is made of
 * @param endpoint where others see it
 * @param role wire code of its role
 * @param slots substreams it can supply in all
 * @param serial of two records of a node the one with the larger number counts; 32 bits
 * @param signature of the key over {@link #text}
 */
public record NodeRecord(
        Bytes32 key, Endpoint endpoint, int role, int slots, long serial, byte[] signature) {
    public static final int SIGNATURE_BYTES = 64;

    /** Bytes of the larger form, with an IPv6 address. */
    static final int MAX_BYTES = 32 + 1 + 16 + 2 + 1 + 2 + 4 + SIGNATURE_BYTES;

    private static final byte[] TITLE =
            "tributary node record 1".getBytes(StandardCharsets.US_ASCII);

    static NodeRecord read(WireReader in) {
        byte[] key = new byte[32];
        in.read(key);
        Endpoint endpoint = Endpoint.read(in);
        int role = in.u8();
        int slots = in.u16();
        long serial = in.u32();
        byte[] signature = new byte[SIGNATURE_BYTES];
        in.read(signature);
        return new NodeRecord(Bytes32.of(key), endpoint, role, slots, serial, signature);
    }

    void write(WireWriter out) {
        fields(out);
        out.raw(signature);
    }

    private void fields(WireWriter out) {
        out.raw(key.bytes());
        endpoint.write(out);
        out.u8(role).u16(slots).u32(serial);
    }

    /** The text that the node signs: it is of no use in another stream. */
    public byte[] text(Bytes32 stream) {
        byte[] text = new byte[TITLE.length + 32 + MAX_BYTES];
        WireWriter out = new WireWriter().reset(text, 0).raw(TITLE).raw(stream.bytes());
        fields(out);
        return Arrays.copyOf(text, out.length());
    }

    /** The same with a signature. */
    public NodeRecord signed(byte[] by) {
        return new NodeRecord(key, endpoint, role, slots, serial, by);
    }
}
