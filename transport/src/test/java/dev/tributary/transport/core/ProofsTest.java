// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Wrong;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a viewer makes of symbols that are not the source's. */
class ProofsTest {
    private static final int BODY = Wire.DATAGRAM_HEADER_BYTES + Wire.FRAME_HEADER_BYTES;
    private static final int FLAGS = BODY + 6;
    private static final int BLOCK_BYTES = BODY + 8;

    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(2.5);
    private final Station relay = net.relay(5, source);
    private final Station viewer = net.viewer(1.5, source, relay);
    private final SymbolHeader header = new SymbolHeader();
    private WireTap tap = WireTap.on(net);
    private Link link;
    private int esi;

    /** Alters a symbol that is on its way from the source to the viewer. */
    private interface Alteration {
        void to(SymbolHeader header, byte[] datagram);
    }

    @BeforeEach
    void join() {
        net.stream(source, SECOND);
        link = requireNonNull(viewer.stream.membership.linkOf(source.node.id()));
        esi = viewer.stream.suppliers.all().stream()
                .filter(taken -> taken.link == link)
                .findFirst()
                .orElseThrow()
                .esi;
    }

    private void alter(Alteration alteration) {
        net.loss = (from, to, datagram) -> {
            boolean symbol = WireTap.type(datagram) == Wire.SYMBOL;
            if (symbol && from == source.index && to == viewer.index) {
                header.read(new WireReader()
                        .reset(datagram, BODY, datagram.length - BODY - Wire.TAG_BYTES));
                alteration.to(header, datagram);
            }
            return false;
        };
        tap = WireTap.on(net);
    }

    private static void corrupt(byte[] datagram) {
        datagram[datagram.length - Wire.TAG_BYTES - 1] ^= 1;
    }

    private static void uncheck(byte[] datagram) {
        datagram[FLAGS] &= (byte) ~SymbolHeader.CHECKED;
    }

    /** A block that the source has yet to make. */
    private long soon() {
        return source.stream.blocks.newest() + 4;
    }

    private boolean setsAside() {
        return viewer.stream.liars.setsAside(viewer.localNow(), link, esi);
    }

    @Test
    void data1AWrongSymbolThatWasCheckedCostsItsSenderTheLink() {
        long block = soon();
        alter((symbol, datagram) -> {
            if (symbol.blockLow() == block && symbol.esi() == esi) {
                corrupt(datagram);
            }
        });
        net.stream(source, SECOND);
        assertThat(viewer.figures().liars()).containsExactly(source.node.id());
        assertThat(link.isOpen()).isFalse();
        assertThat(viewer.count(Counter.SYMBOLS_WRONG)).isEqualTo(1);
    }

    @Test
    void aWrongSymbolThatWasNotCheckedIsToldToItsSenderAndItsBlockPlays() {
        long block = soon();
        alter((symbol, datagram) -> {
            uncheck(datagram);
            if (symbol.blockLow() == block
                    && symbol.esi() == esi
                    && !symbol.has(SymbolHeader.REPAIRED)) {
                corrupt(datagram);
            }
        });
        net.stream(source, SECOND);
        assertThat(tap.said(viewer.index, Wrong.class)).containsExactly(new Wrong(block, esi));
        assertThat(source.count(Counter.TOLD_WRONG)).isEqualTo(1);
        assertThat(viewer.figures().liars()).isEmpty();
        assertThat(viewer.count(Counter.POOR_SUPPLIERS)).isZero();
        assertThat(setsAside()).as("it has sent right ones since").isFalse();
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
    }

    @Test
    void whoStillSendsWrongSymbolsASecondAfterItWasToldIsReplacedButNoLiar() {
        alter((symbol, datagram) -> {
            uncheck(datagram);
            if (symbol.esi() == esi) {
                corrupt(datagram);
            }
        });
        net.stream(source, SECOND);
        assertThat(setsAside()).isTrue();
        assertThat(viewer.count(Counter.POOR_SUPPLIERS)).isZero();
        net.stream(source, SECOND);
        assertThat(viewer.count(Counter.POOR_SUPPLIERS)).isEqualTo(1);
        assertThat(viewer.figures().liars()).isEmpty();
        assertThat(viewer.stream.suppliers.all()).noneMatch(taken -> taken.link == link);
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
    }

    @Test
    void aBlockThatItsFirstSymbolDescribesWronglyHeals() {
        long block = soon();
        int[] described = {0};
        alter((symbol, datagram) -> {
            uncheck(datagram);
            if (symbol.blockLow() == block && described[0]++ == 0) {
                new WireWriter().reset(datagram, BLOCK_BYTES).u24(symbol.blockBytes() - 1);
            }
        });
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
        assertThat(described[0]).isPositive();
        assertThat(viewer.count(Counter.SYMBOLS_INCONSISTENT)).isPositive();
        assertThat(source.count(Counter.TOLD_WRONG)).isEqualTo(1);
        assertThat(viewer.figures().liars()).isEmpty();
    }

    @Test
    void symbolsThatSayTheyAreOfAnotherTimeDoNotMoveTheClock() {
        long ahead = 60_000;
        long before = viewer.stream.clock.arrivalNanos(0);
        alter((symbol, datagram) -> {
            uncheck(datagram);
            long millis = symbol.sourceMillisLow() + ahead;
            new WireWriter().reset(datagram, BLOCK_BYTES + 3).u32(millis);
        });
        net.stream(source, SECOND / 2);
        assertThat(viewer.stream.clock.arrivalNanos(0)).isBetween(before - 1_000_000, before);
    }

    @Test
    void data2SymbolsThatNobodyAskedForAreCountedAndDropped() {
        Stranger stranger = net.stranger().link(viewer);
        long newest = viewer.stream.blocks.newest();
        long millis = viewer.stream.clock.sourceMillis(viewer.localNow());
        stranger.symbol(newest + 1, 0, 1, millis);
        net.run(3 * net.delayNanos);
        assertThat(viewer.count(Counter.SYMBOLS_UNASKED)).isEqualTo(1);
        assertThat(viewer.stream.blocks.newest()).isEqualTo(newest);
        assertThat(stranger.heard(Unsubscribe.class)).hasSize(1);
    }
}
