// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Hello;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The far end of one link, without a core: it says what it is told to. */
final class ScriptedPeer {
    private static final int VIEWER = 2;

    final int path;
    final long connection;
    final long nodeId;
    private final byte[] bytes = new byte[Wire.MAX_RECEIVED_BYTES];
    private final WireWriter writer = new WireWriter();
    private long remoteId;

    ScriptedPeer(int path) {
        this.path = path;
        connection = 77_000_000L + path;
        nodeId = 1_000_000L + path;
    }

    /** The connection id that the node chose for this link. */
    long remoteId() {
        return remoteId;
    }

    void remoteId(long chosen) {
        remoteId = chosen;
    }

    /** A datagram with these frames, in an array of its own. */
    byte[] datagram(Message... frames) {
        return datagram(remoteId, frames);
    }

    byte[] hello() {
        Hello hello = new Hello(
                Wire.VERSION, 0, LiveNode.SPEC.id(), connection, nodeId, VIEWER, LiveNode.K);
        return datagram(Wire.NO_CONNECTION, hello);
    }

    /** What a viewer that has not started says once a second. */
    byte[] keepAlive() {
        Status status = new Status(0, -1, 0, 0, LiveNode.K, LiveNode.K, 0, 0, List.of(), List.of());
        return datagram(new StatusReport(0, status));
    }

    private byte[] datagram(long id, Message... frames) {
        writer.reset(bytes, 0).u8(Wire.VERSION).u64(id);
        for (Message frame : frames) {
            MessageEncoder.encode(frame, writer);
        }
        return Arrays.copyOf(bytes, writer.length());
    }

    /** The frames of a datagram that the node sent here, without symbols. */
    static List<Message> messages(byte[] bytes, int offset, int length) {
        WireReader in = new WireReader().reset(bytes, offset, length);
        in.skip(Wire.DATAGRAM_HEADER_BYTES);
        List<Message> messages = new ArrayList<>();
        while (in.remaining() > 0) {
            int type = in.u8();
            int size = in.u16();
            WireReader body = new WireReader().reset(bytes, in.position(), size);
            in.skip(size);
            Message message = type == Wire.SYMBOL ? null : MessageDecoder.decode(type, body);
            if (message != null) {
                messages.add(message);
            }
        }
        return messages;
    }

    /** Learns the node's connection id from its answer to our hello. */
    void onMessage(Message message) {
        if (message instanceof Welcome welcome) {
            remoteId = welcome.connection();
        }
    }
}
