// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Endpoint;
import java.lang.reflect.Modifier;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.tributary.transport.seal.Suites#both")
final class CookiesTest {
    private static final long EPOCH = Cookies.EPOCH_NANOS;

    private final Suite suite;
    private final Pair pair;
    private final Hello hello;

    CookiesTest(Suite suite) {
        this.suite = suite;
        pair = new Pair(suite, 1);
        hello = pair.provedHello();
    }

    @Test
    void aHelloWithoutACookieOrWithAnInventedOneIsNotValid() {
        assertThat(valid(0, hello.with(new byte[0]))).isFalse();
        assertThat(valid(0, hello.with(new byte[Cookies.BYTES]))).isFalse();
        assertThat(valid(0, hello.with(new byte[255]))).isFalse();
    }

    @Test
    void aCookieIsForOneAddressAndPort() {
        assertThat(valid(0, hello)).isTrue();
        Endpoint otherPort = Endpoint.ipv4(0x0A000001, 4_001);
        Endpoint otherAddress = Endpoint.ipv4(0x0A000002, 4_000);
        Endpoint otherPrefix = new Endpoint(1, Pair.ADDRESS.low(), 4_000);
        assertThat(pair.cookies.valid(0, otherPort, hello)).isFalse();
        assertThat(pair.cookies.valid(0, otherAddress, hello)).isFalse();
        assertThat(pair.cookies.valid(0, otherPrefix, hello)).isFalse();
    }

    @Test
    void aCookieIsForOneHello() {
        Hello other = new Pair(suite, 2).helloRead();
        assertThat(valid(0, other.with(hello.cookie()))).isFalse();
        assertThat(valid(0, withVersion(2))).isFalse();
        assertThat(valid(0, withVersion(hello.minVersion()))).isTrue();
    }

    @Test
    void anyBitFlippedInACookieIsFound() {
        for (int bit = 0; bit < 8 * Cookies.BYTES; bit++) {
            byte[] forged = hello.cookie().clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(valid(0, hello.with(forged))).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void aCookieLivesUntilTheEndOfTheNextEpoch() {
        assertThat(valid(EPOCH - 1, hello)).isTrue();
        assertThat(valid(2 * EPOCH - 1, hello)).isTrue();
        assertThat(valid(2 * EPOCH, hello)).isFalse();
    }

    @Test
    void aCookieIsTooOldAfterALongSilenceToo() {
        assertThat(valid(5 * EPOCH, hello)).isFalse();
        assertThat(valid(257 * EPOCH, hello)).isFalse();
    }

    @Test
    void cookiesOfTheNewEpochAreValidInIt() {
        byte[] retry = pair.retry(EPOCH);
        assertThat(pair.initiator.onRetry(retry, 0, retry.length)).isTrue();
        assertThat(valid(EPOCH, pair.helloRead())).isTrue();
        assertThat(pair.helloRead().cookie()).isNotEqualTo(hello.cookie());
    }

    @Test
    void clocksMayBeNegative() {
        Cookies cookies = new Cookies(suite, -EPOCH - 1, new Random(1));
        byte[] retry = new byte[100];
        int length = cookies.retry(-EPOCH - 1, Pair.ADDRESS, hello, retry, 0);
        assertThat(pair.initiator.onRetry(retry, 0, length)).isTrue();
        assertThat(cookies.valid(-1, Pair.ADDRESS, pair.helloRead())).isTrue();
        assertThat(cookies.valid(0, Pair.ADDRESS, pair.helloRead())).isFalse();
    }

    @Test
    void aRetryForAnotherConnectionOrOfAnotherLengthIsRefused() {
        byte[] retry = pair.retry(0);
        byte[] foreign = retry.clone();
        foreign[8] ^= 1;
        byte[] longer = new byte[retry.length + 1];
        System.arraycopy(retry, 0, longer, 0, retry.length);
        assertThat(pair.initiator.onRetry(foreign, 0, foreign.length)).isFalse();
        assertThat(pair.initiator.onRetry(longer, 0, longer.length)).isFalse();
        assertThat(pair.initiator.onRetry(retry, 0, retry.length)).isTrue();
    }

    @Test
    void retriesWithoutEndDoNotMakeHellosWithoutEnd() {
        byte[] retry = pair.retry(0);
        int sent = 1;
        for (int i = 0; i < 10; i++) {
            sent += pair.initiator.onRetry(retry, 0, retry.length) ? 1 : 0;
        }
        assertThat(sent).isEqualTo(3);
    }

    /** What a flood meets: the very objects of the start, whatever came and however often. */
    @Test
    void aFloodOfHellosLeavesNothingBehind() {
        byte[] room = new byte[100];
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            Endpoint stranger = Endpoint.ipv4(random.nextInt(), 1 + random.nextInt(65_535));
            Hello flood = hello.with(new byte[i % 2 == 0 ? 0 : Cookies.BYTES]);
            assertThat(pair.cookies.valid(i, stranger, flood)).isFalse();
            assertThat(pair.cookies.retry(i, stranger, flood, room, 0)).isLessThan(30);
        }
        assertThat(Cookies.class.getDeclaredFields())
                .filteredOn(field -> !Modifier.isStatic(field.getModifiers()))
                .allMatch(field -> field.getType() == byte[].class
                        || field.getType() == long.class
                        || field.getType() == Suite.class
                        || field.getType() == RandomGenerator.class);
        assertThat(valid(0, hello)).isTrue();
    }

    private Hello withVersion(int version) {
        return new Hello(
                version,
                hello.features(),
                hello.stream(),
                hello.connection(),
                hello.ephemeral(),
                hello.cookie());
    }

    private boolean valid(long now, Hello claimed) {
        return pair.cookies.valid(now, Pair.ADDRESS, claimed);
    }
}
