// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * Opens the datagrams of one direction of a link. Whatever does not open leaves no trace: neither
 * in the replay window, nor in the keys, nor in what the next number is taken for.
 */
final class Opener {
    private final WireReader reader = new WireReader();
    private final ReplayWindow window = new ReplayWindow();
    private DirectionKeys current;

    /** For datagrams that were overtaken by the change of keys. */
    private @Nullable DirectionKeys previous;

    /** Made once when somebody claims a new phase, so that forged claims cost no more. */
    private @Nullable DirectionKeys next;

    /** Lowest number that opened under the current key. */
    private long currentFrom;

    private boolean newest;

    Opener(Suite suite, byte[] secret) {
        current = DirectionKeys.first(suite, secret);
    }

    /** Opens a datagram; the text goes to the start of {@code into}. Its length, or REFUSED. */
    int open(byte[] bytes, int offset, int length, byte[] into) {
        if (length < Session.OVERHEAD_BYTES) {
            return Aead.REFUSED;
        }
        int first = bytes[offset] & 0xFF;
        reader.reset(bytes, offset + Session.NUMBER_OFFSET, Session.NUMBER_BYTES);
        long number = Wire.widen(reader.u32(), window.highest() + 1);
        if (Kind.of(first) != Kind.DATA || !window.fresh(number)) {
            return Aead.REFUSED;
        }
        DirectionKeys keys = keysFor((first & Kind.PHASE_BIT) == 0 ? 0 : 1, number);
        if (keys == null) {
            return Aead.REFUSED;
        }
        int text = keys.aead.open(number, bytes, offset, length, into);
        if (text != Aead.REFUSED) {
            accept(keys, number);
        }
        return text;
    }

    /** Whether the last datagram that opened has a higher number than all before it. */
    boolean newest() {
        return newest;
    }

    private @Nullable DirectionKeys keysFor(int phase, long number) {
        if (phase == current.phase) {
            return current;
        }
        if (number < currentFrom) {
            return previous;
        }
        if (next == null) {
            next = current.next();
        }
        return next;
    }

    private void accept(DirectionKeys keys, long number) {
        if (keys == next) {
            previous = current;
            current = keys;
            next = null;
            currentFrom = number;
        } else if (keys == current) {
            currentFrom = Math.min(currentFrom, number);
        }
        newest = number > window.highest();
        window.mark(number);
        if (window.highest() - currentFrom >= ReplayWindow.NUMBERS) {
            previous = null;
        }
    }
}
