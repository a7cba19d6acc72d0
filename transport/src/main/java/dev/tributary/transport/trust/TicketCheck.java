// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import dev.tributary.transport.wire.Bytes32;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.jspecify.annotations.Nullable;

/** Tells good tickets to one closed stream from all others, with nobody's help. */
public final class TicketCheck {
    private final Bytes32 stream;

    /** Null when the stream's key is no point of the curve: then nobody has signed anything. */
    private final @Nullable Ed25519PublicKeyParameters broadcaster;

    /**
     * @param stream the stream's identity
     * @param broadcaster its Ed25519 public key
     */
    public TicketCheck(Bytes32 stream, Bytes32 broadcaster) {
        this.stream = stream;
        this.broadcaster = parse(broadcaster);
    }

    private static @Nullable Ed25519PublicKeyParameters parse(Bytes32 key) {
        try {
            return new Ed25519PublicKeyParameters(key.bytes(), 0);
        } catch (IllegalArgumentException noPointOfTheCurve) {
            return null;
        }
    }

    /**
     * Whether a node may do what it wants now. It holds until {@link TicketTerms#endSeconds}.
     *
     * @param shownBy the public key that the node has proved to have
     * @param wanted what the node wants to do
     * @param nowSeconds seconds since 1970 (UTC)
     */
    public TicketVerdict verdict(
            Ticket ticket, Bytes32 shownBy, TicketRight wanted, long nowSeconds) {
        TicketTerms terms = ticket.terms();
        if (!terms.stream().equals(stream)) {
            return TicketVerdict.OTHER_STREAM;
        }
        if (!terms.holder().equals(shownBy)) {
            return TicketVerdict.OTHER_HOLDER;
        }
        if (!terms.grants(wanted)) {
            return TicketVerdict.OTHER_RIGHT;
        }
        if (nowSeconds < terms.notBeforeSeconds()) {
            return TicketVerdict.NOT_YET_VALID;
        }
        if (nowSeconds >= terms.endSeconds()) {
            return TicketVerdict.EXPIRED;
        }
        boolean signed = broadcaster != null && ticket.signedBy(broadcaster);
        return signed ? TicketVerdict.GOOD : TicketVerdict.FORGED;
    }
}
