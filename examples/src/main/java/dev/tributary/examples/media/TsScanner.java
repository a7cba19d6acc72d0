// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.util.Arrays;

/**
 * Hands on MPEG-TS byte for byte, starts a block before each PAT, and marks the blocks in which a
 * keyframe follows, and the first. Garbage passes through; at most two packets are held back.
 */
public final class TsScanner implements ByteSink {
    private static final int NO_BOUNDARY = -1;

    /** What may stand before the first PAT: other tables. It stays in one block with it. */
    private static final int OPENING_BYTES = 8 * TsPacket.SIZE;

    private final BlockSink sink;
    private final int blockBytes;
    private final TsTables tables = new TsTables();

    private byte[] held = new byte[8 * TsPacket.SIZE];
    private int heldBytes;
    /** In {@link #held}: everything before it has been handed on. */
    private int sent;

    private boolean locked;
    private int sinceBoundary = NO_BOUNDARY;
    private boolean marked;
    private boolean patSeen;

    /**
     * @param blockBytes what one block holds: a keyframe further from its PAT is in another block
     */
    public TsScanner(BlockSink sink, int blockBytes) {
        this.sink = sink;
        this.blockBytes = blockBytes - blockBytes % TsPacket.SIZE;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (heldBytes + length > held.length) {
            held = Arrays.copyOf(held, Math.max(heldBytes + length, 2 * held.length));
        }
        System.arraycopy(bytes, offset, held, heldBytes, length);
        heldBytes += length;
        int scanned = scan();
        send(scanned);
        System.arraycopy(held, sent, held, 0, heldBytes - sent);
        heldBytes -= sent;
        sent = 0;
    }

    @Override
    public void finish() {
        if (heldBytes >= TsPacket.SIZE && held[0] == TsPacket.SYNC) {
            onPacket(0);
        }
        send(heldBytes);
        heldBytes = 0;
        sent = 0;
    }

    /** Where the scan stopped: at the first byte whose meaning needs bytes still to come. */
    private int scan() {
        int at = 0;
        while (heldBytes - at >= TsPacket.SIZE) {
            if (locked && held[at] == TsPacket.SYNC) {
                onPacket(at);
                at += TsPacket.SIZE;
                continue;
            }
            locked = false;
            int found = nextPacket(at);
            if (found + TsPacket.SIZE >= heldBytes) {
                return found;
            }
            locked = true;
            at = found;
        }
        return at;
    }

    /** The first place from here on where a packet starts or, with more bytes, might start. */
    private int nextPacket(int from) {
        int at = from;
        while (at < heldBytes && !TsSync.packetAt(held, at, heldBytes)) {
            at++;
        }
        return at;
    }

    private void onPacket(int at) {
        tables.onPacket(held, at);
        if (!TsPacket.unitStart(held, at)) {
            return;
        }
        int pid = TsPacket.pid(held, at);
        if (pid == TsPacket.PAT_PID) {
            send(at);
            onPat();
        } else if (tables.video(pid) && TsPacket.randomAccess(held, at)) {
            onKeyframe(at);
        }
    }

    private void onPat() {
        boolean opening = sinceBoundary <= OPENING_BYTES && !patSeen;
        patSeen = true;
        if (!opening) {
            sink.boundary();
            sinceBoundary = 0;
            marked = false;
        }
    }

    private void onKeyframe(int at) {
        boolean sameBlock = sinceBoundary + at - sent + TsPacket.SIZE <= blockBytes;
        if (sameBlock && !marked) {
            send(at);
            sink.joinPoint();
            marked = true;
        }
    }

    private void send(int until) {
        if (until == sent) {
            return;
        }
        if (sinceBoundary == NO_BOUNDARY) {
            begin(Math.min(until, sent + TsPacket.SIZE));
        }
        write(until);
    }

    /** Whoever is there at the start plays from the first byte on, whatever that is. */
    private void begin(int until) {
        sink.boundary();
        sinceBoundary = 0;
        write(until);
        sink.joinPoint();
        marked = true;
    }

    private void write(int until) {
        if (until > sent) {
            sink.write(held, sent, until - sent);
            // Once past a block the exact number no longer matters, so it need not overflow.
            sinceBoundary = Math.min(blockBytes, sinceBoundary + until - sent);
            sent = until;
        }
    }
}
