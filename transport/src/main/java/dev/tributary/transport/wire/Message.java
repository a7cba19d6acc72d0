// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every frame but the symbol, which {@link SymbolHeader} reads and writes in place. */
public sealed interface Message {

    /**
     * Who began the handshake, in its finish.
     *
     * @param you the reader's address as seen here
     * @param ticket its ticket to a closed stream, else empty
     * @param own its record, null while it does not know its address
     */
    record Introduction(
            int role,
            Endpoint you,
            byte[] ticket,
            Status status,
            @Nullable NodeRecord own) implements Message {}

    /**
     * Who answered the handshake, in its welcome.
     *
     * @param you the asker's address as seen here
     * @param ticket the answerer's ticket to a closed stream, else empty
     * @param joins newest join points that are kept, newest last
     * @param own its record, null while it does not know its address
     */
    record Welcome(
            int role,
            Endpoint you,
            byte[] ticket,
            Status status,
            List<Join> joins,
            List<Member> members,
            @Nullable NodeRecord own)
            implements Message {}

    /** A block at which a player may start. */
    record Join(long block, long sourceMillis) {}

    /** Are you there, and how do you stand? */
    record Probe(int token) implements Message {}

    /**
     * How the sender stands.
     *
     * @param token of the probe that it answers, 0 when nobody asked
     */
    record StatusReport(int token, Status status) implements Message {}

    /**
     * A wish for substreams.
     *
     * @param flags HOLD, ORPHAN, SENT_BY_SUPPLIER, LIVE, RISE
     * @param freeSlots substreams that the asker could supply to others
     * @param dead the node whose slot is free because it died, or that is about to leave it; with
     *     RISE the asker's supplier so far; 0 for none
     * @param fromBlock first block wanted; 32 bits on the wire
     */
    record Subscribe(
            int request, int flags, int freeSlots, long dead, long fromBlock, List<Integer> esis)
            implements Message {
        /** Keep a slot for a second, send nothing yet. */
        public static final int HOLD = 1;

        /** The asker lost its supplier. */
        public static final int ORPHAN = 2;

        /** The asker's supplier told it to come. */
        public static final int SENT_BY_SUPPLIER = 4;

        /** From the newest block on; the first block wanted is not known. */
        public static final int LIVE = 8;

        /** Others take the ESI from the asker: it asks for the slot of one who has no takers. */
        public static final int RISE = 16;

        public boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /** What became of a wish, ESI by ESI; a refusal names others that may help, by their ids. */
    record Answer(int request, List<Verdict> verdicts, List<Long> alternatives)
            implements Message {}

    /**
     * @param code GRANTED, HELD or why not
     * @param depth at which the substream will come
     * @param fromBlock first block that will come; 32 bits on the wire
     */
    record Verdict(int esi, int code, int depth, long fromBlock) {
        public static final int GRANTED = 0;
        public static final int HELD = 1;
        public static final int FULL = 2;
        public static final int LOOP = 3;
        public static final int NOT_HERE = 4;
        public static final int NO_UPLOAD = 5;
        public static final int LEAVING = 6;

        public boolean granted() {
            return code == GRANTED || code == HELD;
        }

        /** The reason in words, for the flight recorder and statistics. */
        public String reason() {
            return switch (code) {
                case GRANTED -> "granted";
                case HELD -> "held";
                case FULL -> "full";
                case LOOP -> "would loop";
                case NOT_HERE -> "does not have it";
                case NO_UPLOAD -> "does not upload";
                case LEAVING -> "leaving";
                default -> "code " + code;
            };
        }
    }

    /** A receiver no longer wants these. */
    record Unsubscribe(List<Integer> esis) implements Message {}

    /**
     * A supplier asks its receiver to move.
     *
     * @param reason one of the REVOKE codes
     * @param successors ids of those who can supply them instead, best first; with PUSH_DOWN of
     *     where to go, and of who leaves a slot there
     */
    record Revoke(int reason, List<Integer> esis, List<Long> successors) implements Message {
        /**
         * A newcomer that can pass the ESI on has taken the slot; the old supply goes on until
         * moved.
         */
        public static final int PUSH_DOWN = 1;

        /** The supplier leaves; it serves until moved or its deadline passes. */
        public static final int LEAVING = 2;

        /** The supplier has stopped sending these. */
        public static final int ENDED = 3;
    }

    /**
     * Send these symbols of a block once.
     *
     * @param flags BACKLOG, PLAYING, LOST
     */
    record Repair(int flags, long block, List<Integer> esis) implements Message {
        /** The past of a newcomer: from spare capacity only. */
        public static final int BACKLOG = 1;

        /** The asker plays already: such a backlog goes before that of others. */
        public static final int PLAYING = 2;

        /** The reader sent them as part of a substream, and they did not arrive. */
        public static final int LOST = 4;
    }

    /** No repair from here for this block; ask another. The reason is NOT_HERE or BUSY. */
    record RepairRefusal(long block, int reason) implements Message {
        public static final int NOT_HERE = 1;
        public static final int BUSY = 2;
    }

    /** The source has ended the stream before this block; signed with the broadcaster's key. */
    record End(long epochMillis, long blocks, byte[] signature) implements Message {
        public static final int SIGNATURE_BYTES = 64;
    }

    /** The sender is gone after this datagram. */
    record Leave() implements Message {}

    /** Nodes that the sender has heard of. */
    record Members(List<Member> members) implements Message {}

    /**
     * What the source vouches for, with its signature.
     *
     * @param depth hops of the manifest from the source, this one included
     * @param signed a {@link Manifest} and its signature
     */
    record SignedManifest(int depth, byte[] signed) implements Message {}

    /** From now on the asker wants each new manifest at once, or no longer does. */
    record ManifestFeed(boolean wanted) implements Message {}

    /** Send the kept manifests that vouch for this block and for those after it, to a number. */
    record ManifestRequest(long block, int most) implements Message {}

    /** The reader sent this symbol, and it was wrong. */
    record Wrong(long block, int esi) implements Message {}

    /** The sender's newer ticket to a closed stream. */
    record Shown(byte[] ticket) implements Message {}

    /**
     * The sender closes the link, since the stream is closed to the reader.
     *
     * @param verdict on the reader's ticket, by its code
     */
    record Dismissal(int verdict) implements Message {}

    /** Records of nodes, each as the node has signed it. */
    record Records(List<NodeRecord> records) implements Message {}

    /** Send the records of these nodes, by their ids. */
    record RecordsWanted(List<Long> nodes) implements Message {}

    /** The reader's address as the sender sees it now. */
    record Seen(Endpoint you) implements Message {}
}
