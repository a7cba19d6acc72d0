// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.decision;

import dev.tributary.standby.AddressBook;
import dev.tributary.standby.Candidate;
import dev.tributary.standby.PushDown.Supplied;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** An address book that is full, and what is known of the nodes in it: the same for a size. */
final class Population {
    static final int K = 8;
    static final int N = 24;

    /** The deepest that any node is. */
    static final int DEPTH = 6;

    /** Stands where a node was that is not to be asked again. */
    static final Candidate NOBODY = new Candidate(-1, new byte[N], 0, new byte[N], 0, 0, true, 0);

    private static final long RTT_NANOS = 80_000_000;

    final AddressBook book;
    final List<Candidate> candidates = new ArrayList<>();

    /** As many substreams as there are nodes, supplied to a quarter as many receivers. */
    final List<Supplied> supplied = new ArrayList<>();

    /** Nodes of one network: about what a swarm across a country has. */
    private static final int PREFIX_NODES = 4;

    private final SplittableRandom random;

    Population(int size, long now) {
        random = new SplittableRandom(size);
        book = new AddressBook(size);
        for (int i = 0; i < size; i++) {
            book.add(1_000 + i, i / PREFIX_NODES, now, now, node -> false);
            candidates.add(candidate(i));
            supplied.add(supplied(size));
        }
    }

    /** It gets K of the 2K ESIs that a source spreads, each at a depth of its own. */
    private Candidate candidate(int node) {
        byte[] depths = new byte[N];
        byte[] order = new byte[N];
        for (int i = 0; i < K; i++) {
            int esi = random.nextInt(2 * K);
            depths[esi] = (byte) (1 + random.nextInt(DEPTH));
            order[esi] = (byte) i;
        }
        int free = 1 + random.nextInt(3);
        return new Candidate(node, depths, 0, order, 0, free, false, random.nextLong(RTT_NANOS));
    }

    /** One in four receivers has no upload; those that have it pass on what they get, mostly. */
    private Supplied supplied(int size) {
        int receiver = random.nextInt(Math.max(1, size / 4));
        boolean uploads = receiver % 4 != 0;
        boolean passedOn = uploads && random.nextInt(8) != 0;
        return new Supplied(
                receiver, random.nextInt(2 * K), 1 + random.nextInt(4), uploads, passedOn, false);
    }
}
