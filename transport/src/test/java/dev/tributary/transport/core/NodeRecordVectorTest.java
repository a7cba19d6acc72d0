// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.NodeRecord;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records as PROTOCOL.md has them: made by another implementation, in Python. */
class NodeRecordVectorTest {
    private static final String KEY =
            "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
    private static final String NEAR = KEY + "04c00002010fa0" + "02" + "0009" + "6553f100"
            + "0c7713c7f88a0cdb2403f99e5c70d0d1e75cfe0516342fbab36f4d46ead00f28"
            + "e7a7ac7145a787834106f6ab82fbc7790bb79866a27d370723eecd87c08b7f0f";
    private static final String FAR = KEY + "0620010db80000000000000000000000010fa0" + "02" + "0009"
            + "6553f100"
            + "84ed115570c072f0964ffd1a6b4e9a5c8df89a34df1b2866e2d49194f19234f8"
            + "77d6b499efbfd8e7f02b739561c78974ad9126d3d439d76de06ab49b09e1d502";

    private static final Bytes32 STREAM = Bytes32.of(ascending(0xC0));
    private static final NodeKey OWN = NodeKey.of(StrongSuite.INSTANCE, ascending(0));

    private static byte[] ascending(int first) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    private static NodeRecord signed(Endpoint endpoint) {
        NodeRecord unsigned = new NodeRecord(
                OWN.publicKey(), endpoint, Role.VIEWER.code(), 9, 1_700_000_000, new byte[0]);
        return unsigned.signed(OWN.sign(unsigned.text(STREAM)));
    }

    private static String hex(NodeRecord record) {
        byte[] bytes = new byte[256];
        WireWriter writer = new WireWriter().reset(bytes, 0);
        MessageEncoder.encode(new Records(List.of(record)), writer);
        int from = Wire.FRAME_HEADER_BYTES + 1;
        return HexFormat.of().formatHex(bytes, from, writer.length());
    }

    @Test
    void aRecordIsSignedAndWrittenAsTheDocumentHasIt() {
        assertThat(hex(signed(Endpoint.ipv4(0xC000_0201, 4_000)))).isEqualTo(NEAR);
        assertThat(hex(signed(new Endpoint(0x2001_0DB8_0000_0000L, 1, 4_000)))).isEqualTo(FAR);
        assertThat(OWN.id()).isEqualTo(0xF257_303D_3712_926EL);
    }

    @Test
    void aRecordIsNobodysWithAnyBitOfItTurnedOverAndInAnyOtherStream() {
        byte[] bytes = HexFormat.of().parseHex(NEAR);
        assertThat(verifies(bytes, STREAM)).isTrue();
        assertThat(verifies(bytes, new Bytes32(1, 2, 3, 4))).isFalse();
        for (int i = 0; i < bytes.length; i++) {
            byte[] other = bytes.clone();
            other[i] ^= (byte) (1 << i % 8);
            assertThat(verifies(other, STREAM)).as("byte %d", i).isFalse();
        }
    }

    private static boolean verifies(byte[] bytes, Bytes32 stream) {
        byte[] body = new byte[1 + bytes.length];
        body[0] = 1;
        System.arraycopy(bytes, 0, body, 1, bytes.length);
        WireReader in = new WireReader().reset(Arrays.copyOf(body, body.length), 0, body.length);
        Message message = MessageDecoder.decode(Wire.RECORDS, in);
        if (!(message instanceof Records read)) {
            return false;
        }
        NodeRecord record = read.records().getFirst();
        return StrongSuite.INSTANCE.verify(record.key(), record.text(stream), record.signature());
    }
}
