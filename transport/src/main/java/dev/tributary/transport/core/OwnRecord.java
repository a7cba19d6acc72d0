// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.NodeRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this node says of itself, signed. Its address is what others see: the first that somebody
 * tells, then the one that more than half of those tell that it is linked with.
 */
final class OwnRecord {
    /** A node that is told to be elsewhere again and again says so no more often. */
    static final long APART_NANOS = 5_000_000_000L;

    private static final int MOST_SLOTS = 0xFFFF;
    private static final byte[] UNSIGNED = {};

    private final StreamNode stream;
    private @Nullable NodeRecord record;
    private long nextAt;

    OwnRecord(StreamNode stream) {
        this.stream = stream;
    }

    /** Null while nobody has told where this node is. */
    @Nullable
    NodeRecord record() {
        return record;
    }

    /** A node says from where our datagrams come. */
    void seen(long now, Link link, Endpoint you) {
        if (you.isUsable()) {
            link.seesUsAt = you;
            review(now);
        }
    }

    /** A new record where the address is another one by now. */
    void review(long now) {
        NodeRecord last = record;
        if (last != null && now < nextAt) {
            return;
        }
        Endpoint address = told();
        if (address == null || (last != null && last.endpoint().equals(address))) {
            return;
        }
        nextAt = now + APART_NANOS;
        NodeRecord next = sign(now, address, last == null ? 0 : last.serial() + 1);
        record = next;
        stream.note(now, "says to be at " + address);
        for (Link link : stream.links.open()) {
            if (link.session != null) {
                stream.post.send(link, new Records(List.of(next)));
            }
        }
    }

    /** What more than half of the links tell, null where they do not agree (Boyer and Moore). */
    private @Nullable Endpoint told() {
        Endpoint candidate = null;
        int lead = 0;
        for (Link link : stream.links.open()) {
            Endpoint told = link.seesUsAt;
            if (told != null) {
                candidate = lead == 0 ? told : candidate;
                lead += told.equals(candidate) ? 1 : -1;
            }
        }
        int votes = 0;
        for (Link link : stream.links.open()) {
            Endpoint told = link.seesUsAt;
            votes += told == null ? 0 : told.equals(candidate) ? 1 : -1;
        }
        return votes > 0 ? candidate : null;
    }

    /** The serial is the time of day, so that it grows also when a key is used again later. */
    private NodeRecord sign(long now, Endpoint address, long least) {
        NodeKey key = stream.node().key();
        long seconds = Math.floorDiv(stream.node().unixMillis(now), 1_000);
        int slots = Math.min(MOST_SLOTS, stream.receivers.slots());
        NodeRecord unsigned = new NodeRecord(
                key.publicKey(),
                address,
                stream.role().code(),
                slots,
                Math.max(least, seconds) & 0xFFFF_FFFFL,
                UNSIGNED);
        return unsigned.signed(key.sign(unsigned.text(stream.spec().id())));
    }
}
