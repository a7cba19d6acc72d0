// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KindTest {

    @Test
    void everyKindIsKnownByItsFirstByte() {
        for (Kind kind : Kind.values()) {
            assertThat(Kind.of(kind.firstByte())).isEqualTo(kind);
        }
        assertThat(Kind.of(Kind.DATA.firstByte() | Kind.PHASE_BIT)).isEqualTo(Kind.DATA);
    }

    @Test
    void allOtherFirstBytesAreNobodys() {
        int known = 0;
        for (int first = 0; first < 256; first++) {
            known += Kind.of(first) == null ? 0 : 1;
        }
        assertThat(known).isEqualTo(Kind.values().length + 1);
    }
}
