// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/**
 * A ticket to a closed stream, signed by its broadcaster; it is no secret, since only its holder's
 * node can use it. Its 142 bytes, with numbers big-endian:
 *
 * <pre>
 *  1  form: 1
 * 32  stream identity
 * 32  holder: Ed25519 public key of a node
 *  1  rights: 1 watch, 2 relay; others are not set
 *  8  not before: seconds since 1970 (UTC), up to 2^40
 *  4  lifetime: seconds, not 0
 * 64  Ed25519 signature of "tributary ticket 1" (ASCII) and the bytes above
 * </pre>
 */
public final class Ticket {
    /** The length of every ticket. */
    public static final int BYTES = 142;

    private static final int FORM = 1;
    private static final int SIGNATURE_BYTES = 64;
    private static final int SIGNED_BYTES = BYTES - SIGNATURE_BYTES;
    private static final int WATCH = 1;
    private static final int RELAY = 2;
    private static final byte[] TITLE = "tributary ticket 1".getBytes(StandardCharsets.US_ASCII);

    private final TicketTerms terms;
    private final byte[] bytes;

    private Ticket(TicketTerms terms, byte[] bytes) {
        this.terms = terms;
        this.bytes = bytes;
    }

    /** Signs a ticket with the broadcaster's secret key. */
    public static Ticket sign(TicketTerms terms, Ed25519PrivateKeyParameters broadcaster) {
        byte[] bytes = new byte[BYTES];
        WireWriter writer = new WireWriter().reset(bytes, 0);
        writer.u8(FORM).raw(terms.stream().bytes()).raw(terms.holder().bytes());
        writer.u8((terms.watch() ? WATCH : 0) | (terms.relay() ? RELAY : 0));
        writer.u64(terms.notBeforeSeconds()).u32(terms.lifetimeSeconds());
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, broadcaster);
        writer.raw(feed(signer, bytes).generateSignature());
        return new Ticket(terms, bytes);
    }

    /**
     * Reads a ticket, whose signature is not looked at.
     *
     * @param source is borrowed; the ticket is copied
     * @return null when these bytes are none
     */
    public static @Nullable Ticket decode(byte[] source, int offset, int length) {
        if (length != BYTES) {
            return null;
        }
        WireReader reader = new WireReader().reset(source, offset, length);
        int form = reader.u8();
        Bytes32 stream = bytes32(reader);
        Bytes32 holder = bytes32(reader);
        int rights = reader.u8();
        long notBefore = reader.u64();
        long lifetime = reader.u32();
        boolean possible = form == FORM
                && rights >= WATCH
                && rights <= (WATCH | RELAY)
                && notBefore >= 0
                && notBefore <= TicketTerms.MOST_SECONDS
                && lifetime >= 1;
        if (!possible) {
            return null;
        }
        TicketTerms terms = new TicketTerms(
                stream, holder, (rights & WATCH) != 0, (rights & RELAY) != 0, notBefore, lifetime);
        return new Ticket(terms, Arrays.copyOfRange(source, offset, offset + BYTES));
    }

    /** What it says, whoever may have signed it. */
    public TicketTerms terms() {
        return terms;
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Costs about 0.1 ms, so cheaper questions come first. */
    boolean signedBy(Ed25519PublicKeyParameters broadcaster) {
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, broadcaster);
        return feed(verifier, bytes)
                .verifySignature(Arrays.copyOfRange(bytes, SIGNED_BYTES, BYTES));
    }

    private static Ed25519Signer feed(Ed25519Signer signer, byte[] bytes) {
        signer.update(TITLE, 0, TITLE.length);
        signer.update(bytes, 0, SIGNED_BYTES);
        return signer;
    }

    private static Bytes32 bytes32(WireReader reader) {
        byte[] bytes = new byte[32];
        reader.read(bytes);
        return Bytes32.of(bytes);
    }
}
