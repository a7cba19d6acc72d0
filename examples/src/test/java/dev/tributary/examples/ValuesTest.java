// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @Test
    void durationsHaveUnits() {
        assertThat(Values.duration("2s")).isEqualTo(Duration.ofSeconds(2));
        assertThat(Values.duration("1500ms")).isEqualTo(Duration.ofMillis(1_500));
        assertThat(Values.duration("0.5s")).isEqualTo(Duration.ofMillis(500));
        assertThat(Values.duration("1m")).isEqualTo(Duration.ofMinutes(1));
        assertThat(Values.duration("4h")).isEqualTo(Duration.ofHours(4));
        assertThat(Values.duration("30d")).isEqualTo(Duration.ofDays(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "s", "2 s", "-1s", "2w", "1e3s"})
    void otherDurationsAreRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Values.duration(text)).hasMessageContaining("2s or 1500ms");
    }

    @Test
    void ratesMayHaveAMultiplier() {
        assertThat(Values.bitsPerSecond("2000000")).isEqualTo(2_000_000);
        assertThat(Values.bitsPerSecond("800k")).isEqualTo(800_000);
        assertThat(Values.bitsPerSecond("2.5M")).isEqualTo(2_500_000);
        assertThatThrownBy(() -> Values.bitsPerSecond("2G")).hasMessageContaining("2M");
    }

    @Test
    void addressesAreHostAndPort() {
        assertThat(Values.hostPort("127.0.0.1:7000").getPort()).isEqualTo(7_000);
        assertThat(Values.hostPort("[::1]:7000").getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(Values.hostPort(":7000").getAddress().isAnyLocalAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "7000", "host", "1.2.3.4:", "1.2.3.4:x", "1.2.3.4:70000", "::1:7000"})
    void otherAddressesAreRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Values.hostPort(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7000");
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThatThrownBy(() -> Values.hostPort("no.such.host.invalid:7000"))
                .hasMessageContaining("no.such.host.invalid");
    }
}
