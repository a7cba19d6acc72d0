// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transport.wire.Bytes32;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.tributary.transport.seal.Suites#both")
final class NodeKeyTest {
    private final Suite suite;

    NodeKeyTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void theSameSeedIsTheSameNode() {
        byte[] seed = new byte[32];
        NodeKey key = NodeKey.of(suite, seed);
        NodeKey again = NodeKey.of(suite, seed);
        assertThat(again.publicKey()).isEqualTo(key.publicKey());
        assertThat(key.id()).isEqualTo(again.id()).isNotZero();
        assertThat(Pair.key(suite, new Random(1)).id()).isNotEqualTo(key.id());
    }

    @Test
    void aSeedIsCopied() {
        byte[] seed = new byte[32];
        NodeKey key = NodeKey.of(suite, seed);
        seed[0] = 1;
        byte[] text = Pair.text("text");
        assertThat(suite.verify(key.publicKey(), text, key.sign(text))).isTrue();
    }

    @Test
    void aSignatureIsForOneTextAndOneKey() {
        NodeKey key = Pair.key(suite, new Random(1));
        byte[] text = Pair.text("text");
        byte[] signature = key.sign(text);
        assertThat(suite.verify(key.publicKey(), text, signature)).isTrue();
        assertThat(suite.verify(key.publicKey(), Pair.text("texT"), signature)).isFalse();
        Bytes32 other = Pair.key(suite, new Random(2)).publicKey();
        assertThat(suite.verify(other, text, signature)).isFalse();
    }

    @Test
    void aSeedOfAnotherLengthIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> NodeKey.of(suite, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an Ed25519 seed has 32 bytes, not 31");
    }
}
