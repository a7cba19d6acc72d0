// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class Base32Test {
    @Test
    void theExamplesOfRfc4648AreMetInLowerCaseWithoutPadding() {
        assertThat(encoded("f")).isEqualTo("my");
        assertThat(encoded("fo")).isEqualTo("mzxq");
        assertThat(encoded("foo")).isEqualTo("mzxw6");
        assertThat(encoded("foob")).isEqualTo("mzxw6yq");
        assertThat(encoded("fooba")).isEqualTo("mzxw6ytb");
        assertThat(encoded("foobar")).isEqualTo("mzxw6ytboi");
    }

    @Test
    void everyLengthComesBackInEitherCase() {
        SplittableRandom random = new SplittableRandom(1);
        for (int length = 0; length <= 64; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = Base32.encode(bytes);
            assertThat(Base32.decode(text)).isEqualTo(bytes);
            assertThat(Base32.decode(text.toUpperCase(Locale.ROOT))).isEqualTo(bytes);
        }
    }

    @Test
    void damageIsTold() {
        assertThatThrownBy(() -> Base32.decode("mzx1")).hasMessageContaining("'1'");
        assertThatThrownBy(() -> Base32.decode("mzxw6y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing");
    }

    private static String encoded(String text) {
        return Base32.encode(text.getBytes(StandardCharsets.US_ASCII));
    }
}
