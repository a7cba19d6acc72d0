// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    @Test
    void eventsComeByTimeAndEqualTimesInTheOrderOfTheirArrival() {
        EventQueue queue = new EventQueue();
        SplittableRandom random = new SplittableRandom(7);
        List<long[]> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            long time = random.nextLong(500);
            queue.push(time, EventQueue.TIMER, i, 0);
            expected.add(new long[] {time, i});
        }
        expected.sort((a, b) -> Long.compare(a[0], b[0]));
        for (long[] event : expected) {
            assertThat(queue.next()).isTrue();
            assertThat(queue.time()).isEqualTo(event[0]);
            assertThat(queue.a()).isEqualTo((int) event[1]);
        }
        assertThat(queue.next()).isFalse();
    }

    @Test
    void aDatagramKeepsItsKindItsEndsAndItsBytesAlsoWhenSlotsAreReused() {
        EventQueue queue = new EventQueue();
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[20];
            queue.push(i, EventQueue.ARRIVE, i, i + 1, new EventQueue.Datagram(bytes, i % 20));
            assertThat(queue.next()).isTrue();
            assertThat(queue.kind()).isEqualTo(EventQueue.ARRIVE);
            assertThat(queue.a()).isEqualTo(i);
            assertThat(queue.b()).isEqualTo(i + 1);
            assertThat(queue.bytes()).isSameAs(bytes);
            assertThat(queue.length()).isEqualTo(i % 20);
        }
        assertThat(queue.size()).isZero();
    }
}
