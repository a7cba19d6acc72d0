// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.output;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A UDP address, which gets seven packets of MPEG-TS in each datagram. */
public final class UdpTarget implements OutputTarget {
    /** 7 x 188: what players expect, and what fits in an Ethernet frame. */
    static final int DATAGRAM_BYTES = 1316;

    private final DatagramChannel channel;
    private final InetSocketAddress address;

    private UdpTarget(DatagramChannel channel, InetSocketAddress address) {
        this.channel = channel;
        this.address = address;
    }

    public static UdpTarget open(InetSocketAddress address) throws IOException {
        return new UdpTarget(DatagramChannel.open(), address);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += DATAGRAM_BYTES) {
            int length = Math.min(DATAGRAM_BYTES, bytes.length - at);
            channel.send(ByteBuffer.wrap(bytes, at, length), address);
        }
    }

    @Override
    public String name() {
        return "udp://" + address.getHostString() + ":" + address.getPort();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
