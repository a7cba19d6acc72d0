// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Status.Offer;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinkTest {
    private final SmallNet net = SmallNet.usual(1);
    private final Link link = new Link(net.source(2).stream, 7, SmallNet.endpoint(7), 1);
    private final BitSet coming = new BitSet();

    private void offers(Offer... offers) {
        link.status = new Status(0, 9, 0, 0, 1, 1, 0, 0, List.of(offers), List.of());
    }

    @Test
    void whatANodeReceivesIsAskedOfItWhereItMayLackTheBlock() {
        offers(new Offer(3, 2, Offer.STARVED), new Offer(5, 2, 0), new Offer(6, 2, 0));
        coming.set(5);
        assertThat(link.offered(6, coming)).isEqualTo(6);
        assertThat(link.offered(2, coming)).as("5 is coming, 3 is starved").isEqualTo(6);
        coming.set(6);
        assertThat(link.offered(2, coming)).as("nothing else").isEqualTo(2);
    }

    @Test
    void whoHasSaidNothingOrNonsenseIsAskedForWhatIsWanted() {
        assertThat(link.offered(2, coming)).isEqualTo(2);
        offers(new Offer(200, 2, 0));
        assertThat(link.offered(2, coming)).isEqualTo(2);
    }
}
