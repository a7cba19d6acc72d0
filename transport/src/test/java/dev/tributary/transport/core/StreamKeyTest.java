// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Message.End;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StreamKeyTest {
    private static final StreamKey KEY = StreamKey.of(new byte[32]);
    private static final Bytes32 ID = StreamKey.streamId(KEY.publicKey(), "name");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static StreamSpec spec(Bytes32 id, Bytes32 key) {
        return new StreamSpec(id, key, 4, 8, 1_152, 1_000_000, 2_000_000_000, false, false);
    }

    @Test
    void publicKeysAreThoseOfRfc8032() {
        String[][] vectors = {
            {
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
            },
            {
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
            },
            {
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
            },
        };
        for (String[] vector : vectors) {
            assertThat(StreamKey.of(hex(vector[0])).publicKey().bytes()).isEqualTo(hex(vector[1]));
        }
    }

    @Test
    void theIdentityIsTheDigestOfKeyAndName() {
        // SHA-256 of the 32 bytes of this key and nothing more.
        assertThat(StreamKey.streamId(new Bytes32(0, 0, 0, 0), "").bytes())
                .isEqualTo(hex("66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"));
        assertThat(StreamKey.streamId(KEY.publicKey(), "other")).isNotEqualTo(ID);
        assertThat(StreamKey.streamId(new Bytes32(1, 2, 3, 4), "name")).isNotEqualTo(ID);
    }

    @Test
    void aSignedEndHoldsForItsStreamItsKeyAndItsNumberOnly() {
        End end = SourceVoice.end(KEY, spec(ID, KEY.publicKey()), 7, 1_234);
        assertThat(new SourceVoice(spec(ID, KEY.publicKey())).said(end)).isTrue();
        End sooner = new End(7, 1_233, end.signature());
        assertThat(new SourceVoice(spec(ID, KEY.publicKey())).said(sooner)).isFalse();
        Bytes32 elsewhere = StreamKey.streamId(KEY.publicKey(), "other");
        assertThat(new SourceVoice(spec(elsewhere, KEY.publicKey())).said(end)).isFalse();
        byte[] seed = new byte[32];
        seed[0] = 1;
        Bytes32 stranger = StreamKey.of(seed).publicKey();
        assertThat(new SourceVoice(spec(ID, stranger)).said(end)).isFalse();
    }

    @Test
    void aSignatureWithAnyBitTurnedIsNone() {
        End end = SourceVoice.end(KEY, spec(ID, KEY.publicKey()), 7, 9);
        for (int bit = 0; bit < 512; bit += 7) {
            byte[] turned = end.signature().clone();
            turned[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(new SourceVoice(spec(ID, KEY.publicKey())).said(new End(7, 9, turned)))
                    .isFalse();
        }
    }

    @Test
    void underAKeyThatIsNoPointOfTheCurveNothingIsSigned() {
        byte[] nowhere = new byte[32];
        nowhere[0] = 2;
        End end = SourceVoice.end(KEY, spec(ID, KEY.publicKey()), 7, 9);
        assertThat(new SourceVoice(spec(ID, Bytes32.of(nowhere))).said(end)).isFalse();
        assertThat(new SourceVoice(spec(ID, new Bytes32(-1, -1, -1, -1))).said(end))
                .isFalse();
    }

    @Test
    void aSeedOfAnotherLengthIsTheCallersMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamKey.of(new byte[31]))
                .withMessageContaining("not 31");
    }
}
