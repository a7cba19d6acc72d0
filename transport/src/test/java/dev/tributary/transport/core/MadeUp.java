// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.sim.PlainSuite;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.NodeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Nodes of which there is nothing but a key: what they would say of themselves. */
final class MadeUp {
    private MadeUp() {}

    private static NodeKey key(long number) {
        return NodeKey.fresh(PlainSuite.INSTANCE, new SplittableRandom(number));
    }

    static long node(long number) {
        return key(number).id();
    }

    static NodeRecord record(SmallNet net, long number, Endpoint endpoint) {
        return record(net, number, endpoint, 1);
    }

    static NodeRecord record(SmallNet net, long number, Endpoint endpoint, long serial) {
        NodeKey key = key(number);
        NodeRecord unsigned = new NodeRecord(
                key.publicKey(), endpoint, Role.VIEWER.code(), 4, serial, new byte[0]);
        return unsigned.signed(key.sign(unsigned.text(net.spec.id())));
    }

    /** So many nodes at paths one behind the other, numbered as their paths. */
    static List<NodeRecord> records(SmallNet net, int firstPath, int count) {
        List<NodeRecord> records = new ArrayList<>();
        for (int path = firstPath; path < firstPath + count; path++) {
            records.add(record(net, path, SmallNet.endpoint(path)));
        }
        return records;
    }
}
