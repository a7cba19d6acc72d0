// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.SECOND;
import static dev.tributary.transport.core.SmallNet.UNIX_SECONDS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.trust.ContentKeys;
import dev.tributary.transport.trust.TicketTerms;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream that is carried in another form than it is played in. */
class EncryptedStreamTest {
    private static final long HOUR_SECONDS = 3_600;

    /** One hour begins two seconds after the source did. */
    private static final long NEAR_THE_HOUR =
            (UNIX_SECONDS / HOUR_SECONDS + 1) * HOUR_SECONDS * 1_000 - 2_000;

    private final SmallNet net = SmallNet.encrypted(1, true);

    private Station source() {
        net.epochMillis = NEAR_THE_HOUR;
        net.keys = this::keys;
        return net.source(2.5);
    }

    private ContentKeys keys(TicketTerms terms) {
        return net.key
                .contentSecret(net.spec.id())
                .during(terms.notBeforeSeconds(), terms.endSeconds());
    }

    /** What the source took in for a block. */
    private byte[] published(Block block) {
        return Arrays.copyOf(net.publishedFrom(block.number), block.bytes());
    }

    @Test
    void viewersWithKeysPlayFromHourToHourAndRelaysCarryWhatTheyCannotRead() {
        Station source = source();
        net.keys = terms -> null;
        Station relay = net.relay(3, source);
        net.keys = this::keys;
        List<Station> viewers = net.viewers(4, 1.5, source, relay);
        net.assertAllPlayToTheEnd(source, 6 * SECOND, viewers);
        assertThat(relay.count(Counter.SYMBOLS_OUT)).isPositive();
        int read = 0;
        for (Station carrier : List.of(relay, viewers.getFirst(), source)) {
            BlockStore blocks = carrier.stream.blocks;
            Block block = requireNonNull(blocks.find(blocks.newestComplete() - 3));
            byte[] carried = Arrays.copyOf(block.data(), block.bytes());
            read += Arrays.equals(carried, published(block)) ? 1 : 0;
        }
        assertThat(read).isZero();
        assertThat(relay.count(Counter.BLOCKS_COMPLETE)).isPositive();
    }

    @Test
    void aViewerWithoutKeysPlaysNothingAndSaysWhy() {
        Station source = source();
        Station reader = net.viewer(1.5, source);
        net.keys = terms -> null;
        Station blind = net.viewer(1.5, source);
        net.assertAllPlayToTheEnd(source, 3 * SECOND, List.of(reader));
        assertThat(blind.played.size()).isZero();
        assertThat(blind.count(Counter.BLOCKS_COMPLETE)).isPositive();
        assertThat(blind.count(Counter.BLOCKS_LOCKED))
                .isEqualTo(blind.count(Counter.BLOCKS_GAP))
                .isPositive();
        assertThat(blind.gaps).hasSize(1);
        assertThat(blind.gaps.getFirst().cause()).contains("brings no key");
    }

    @Test
    void aTicketForTheFirstHourDoesNotReadTheSecond() {
        Station source = source();
        long first = NEAR_THE_HOUR / 1_000;
        net.keys = terms -> net.key.contentSecret(net.spec.id()).during(first, first + 1);
        Station viewer = net.viewer(1.5, source);
        net.stream(source, 6 * SECOND);
        net.finish(source);
        long played = viewer.played.size();
        assertThat(played * 8).isBetween(net.spec.bitsPerSecond(), 2 * net.spec.bitsPerSecond());
        assertThat(viewer.gaps).hasSize(1);
        assertThat(viewer.gaps.getFirst().cause()).contains("brings no key");
    }

    @Test
    void keysThatComeWithARenewedTicketReadOn() {
        Station source = source();
        long first = NEAR_THE_HOUR / 1_000;
        net.keys = terms -> net.key.contentSecret(net.spec.id()).during(first, first + 1);
        Station viewer = net.viewer(1.5, source);
        net.stream(source, 2 * SECOND);
        net.keys = this::keys;
        viewer.renew(
                net.ticket(viewer.node.key().publicKey(), UNIX_SECONDS, UNIX_SECONDS + 2_000_000));
        net.assertAllPlayToTheEnd(source, 5 * SECOND, List.of(viewer));
    }

    @Test
    void anEncryptedStreamThatIsNotClosedIsCarriedByAnybody() {
        SmallNet open = SmallNet.encrypted(2, false);
        Station source = open.source(2.5);
        open.tickets = holder -> null;
        Station relay = open.relay(3, source);
        open.stream(source, 3 * SECOND);
        assertThat(relay.figures().substreamsDown()).isEqualTo(open.spec.k());
        assertThat(relay.count(Counter.BLOCKS_COMPLETE)).isPositive();
        assertThat(source.count(Counter.TICKETS_REFUSED)).isZero();
    }

    @Test
    void aLinkThatHidesThatTheStreamIsEncryptedPlaysNoCiphertext() {
        SmallNet open = SmallNet.encrypted(3, false);
        Station source = open.source(2.5);
        Station viewer = open.viewer(open.asOpen(), 1.5, source);
        open.stream(source, 4 * SECOND);
        assertThat(viewer.played.size()).isZero();
        assertThat(viewer.count(Counter.MANIFESTS_FORGED)).isPositive();
    }
}
