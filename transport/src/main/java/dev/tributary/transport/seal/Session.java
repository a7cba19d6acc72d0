// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

/**
 * The two directions of a link after its handshake. It knows no addresses: a peer that reaches us
 * from another one is still the peer.
 */
public final class Session {
    /** First byte, connection id, packet number: readable by all, and authenticated. */
    public static final int HEADER_BYTES = 13;

    public static final int TAG_BYTES = Aead.TAG_BYTES;

    /** What sealing adds to a payload. */
    public static final int OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES;

    /** The datagram is forged, damaged, too old, or came before. */
    public static final int REFUSED = Aead.REFUSED;

    static final int NUMBER_OFFSET = 9;
    static final int NUMBER_BYTES = 4;

    private final Sealer sealer;
    private final Opener opener;
    private final long connection;

    /** For a side that sends under {@code connection}, the id that the peer chose. */
    Session(Suite suite, long connection, byte[] secretOut, byte[] secretIn) {
        this(
                connection,
                new Sealer(suite, secretOut, Sealer.KEY_DATAGRAMS, 0),
                new Opener(suite, secretIn));
    }

    Session(long connection, Sealer sealer, Opener opener) {
        this.connection = connection;
        this.sealer = sealer;
        this.opener = opener;
    }

    /**
     * Seals a datagram in place.
     *
     * @param now nanoseconds of the caller's monotonic clock
     * @param bytes the caller's; the payload lies {@link #HEADER_BYTES} behind {@code offset}, and
     *     {@link #TAG_BYTES} are free behind it
     * @param payload its bytes
     * @return bytes of the datagram from {@code offset} on
     */
    public int seal(long now, byte[] bytes, int offset, int payload) {
        return sealer.seal(now, connection, bytes, offset, payload);
    }

    /**
     * Opens a datagram that names our connection id.
     *
     * @param bytes borrowed for the call, and left as they are
     * @param into the caller's; takes the payload from its start on, and nothing of it if the
     *     datagram is refused
     * @return bytes of the payload, or {@link #REFUSED}: then nothing has changed, and the caller
     *     counts it
     */
    public int open(byte[] bytes, int offset, int length, byte[] into) {
        return opener.open(bytes, offset, length, into);
    }

    /**
     * Whether the last datagram that opened is the newest of all: only such a one may tell that
     * the peer's address has changed.
     */
    public boolean newest() {
        return opener.newest();
    }
}
