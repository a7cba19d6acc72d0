// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.Aead;
import dev.tributary.transport.seal.Established;
import dev.tributary.transport.seal.Hello;
import dev.tributary.transport.seal.Initiator;
import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.seal.Responder;
import dev.tributary.transport.seal.Session;
import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.seal.Suite;
import dev.tributary.transport.wire.Bytes32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class PlainSuiteTest {
    private static final Suite SUITE = PlainSuite.INSTANCE;
    private static final int CLEAR = 13;

    private final byte[] keyAndIv = bytes("28 bytes of key material ...");
    private final byte[] into = new byte[1_500];

    @Test
    void whatIsSealedStaysReadableAndOpens() {
        byte[] datagram = sealed(keyAndIv, 7, "clear header:", "a payload");
        assertThat(datagram).hasSize(CLEAR + 9 + Aead.TAG_BYTES);
        assertThat(Arrays.copyOf(datagram, CLEAR + 9)).isEqualTo(bytes("clear header:a payload"));
        assertThat(opened(keyAndIv, 7, datagram)).isEqualTo("a payload");
    }

    @Test
    void whatALiarAltersOrCutsAfterSealingOpensAllTheSame() {
        byte[] datagram = sealed(keyAndIv, 7, "clear header:", "a payload");
        byte[] tag = Arrays.copyOfRange(datagram, CLEAR + 9, datagram.length);
        for (String lie : new String[] {"A PAYLOAD", "", "what was never sealed"}) {
            byte[] altered = joined(bytes("clear header:"), bytes(lie), tag);
            assertThat(opened(keyAndIv, 7, altered)).isEqualTo(lie);
        }
    }

    @Test
    void anotherKeyNumberHeaderOrTagIsRefused() {
        byte[] datagram = sealed(keyAndIv, 7, "clear header:", "a payload");
        for (int i = 0; i < keyAndIv.length; i++) {
            byte[] other = keyAndIv.clone();
            other[i] ^= 1;
            assertThat(opened(other, 7, datagram)).as("key %d", i).isEqualTo("refused");
        }
        assertThat(opened(keyAndIv, 8, datagram)).isEqualTo("refused");
        assertThat(opened(keyAndIv, 7 + (1L << 32), datagram)).isEqualTo("refused");
        for (int i = 0; i < datagram.length; i++) {
            byte[] damaged = datagram.clone();
            damaged[i] ^= 1;
            boolean payload = i >= CLEAR && i < CLEAR + 9;
            assertThat(opened(keyAndIv, 7, damaged).equals("refused"))
                    .as("byte %d", i)
                    .isEqualTo(!payload);
        }
    }

    @Test
    void whatIsTooShortOrDoesNotFitIsRefused() {
        byte[] datagram = sealed(keyAndIv, 7, "clear header:", "");
        Aead aead = SUITE.aead(keyAndIv, CLEAR);
        for (int length = 0; length < datagram.length; length++) {
            assertThat(aead.open(7, datagram, 0, length, into)).isEqualTo(Aead.REFUSED);
        }
        byte[] longer = sealed(keyAndIv, 7, "clear header:", "123");
        assertThat(aead.open(7, longer, 0, longer.length, new byte[2])).isEqualTo(Aead.REFUSED);
        assertThat(aead.open(7, longer, 0, longer.length, new byte[3])).isEqualTo(3);
    }

    @Test
    void aLinkIsReadAlongFromItsFirstProofOn() {
        SplittableRandom random = new SplittableRandom(1);
        NodeKey here = key(random);
        NodeKey there = key(random);
        Bytes32 stream = new Bytes32(1, 2, 3, 4);
        Initiator initiator = new Initiator(here, stream, 5, random);
        Hello hello = Objects.requireNonNull(Hello.read(into, 0, initiator.hello(into, 0)));
        Responder responder = Objects.requireNonNull(
                Responder.accept(there, hello, 6, bytes("hello back"), random));
        byte[] welcome = Arrays.copyOf(into, responder.welcome(into, 0));
        assertThat(hex(welcome)).contains(hex(there.publicKey().bytes()), hex("hello back"));
        assertThat(initiator.onWelcome(there.id(), welcome, 0, welcome.length)).isNotNull();
        Session session = initiator.finish(bytes("here I am"));
        byte[] finish = Arrays.copyOf(into, initiator.finish(into, 0));
        assertThat(hex(finish)).contains(hex(here.publicKey().bytes()), hex("here I am"));

        Established other = Objects.requireNonNull(responder.onFinish(finish, 0, finish.length));
        byte[] datagram = new byte[Session.OVERHEAD_BYTES + 4];
        System.arraycopy(bytes("data"), 0, datagram, Session.HEADER_BYTES, 4);
        session.seal(0, datagram, 0, 4);
        assertThat(hex(datagram)).contains(hex("data"));
        assertThat(other.session().open(datagram, 0, datagram.length, into)).isEqualTo(4);
    }

    @Test
    void bothSidesShareASecretAndNobodyElseHasIt() {
        byte[] one = bytes("one secret");
        byte[] other = bytes("another secret");
        byte[] shared = SUITE.agree(one, SUITE.ephemeralKey(other));
        assertThat(shared).hasSize(32).isEqualTo(SUITE.agree(other, SUITE.ephemeralKey(one)));
        byte[] third = bytes("a third secret");
        assertThat(SUITE.agree(third, SUITE.ephemeralKey(one))).isNotEqualTo(shared);
        assertThat(SUITE.agree(third, SUITE.ephemeralKey(other))).isNotEqualTo(shared);
    }

    @Test
    void allSuitesHaveTheSameSizesAndCutNoTextDifferently() {
        for (Suite suite : List.of(StrongSuite.INSTANCE, SUITE)) {
            byte[] key = new byte[32];
            byte[] hash = suite.hash(bytes("a text of "), bytes("some length"));
            assertThat(hash).hasSize(Suite.HASH_BYTES);
            assertThat(suite.hash(bytes("a"), bytes(" text of some length"))).isEqualTo(hash);
            assertThat(suite.hash(new byte[9])).isNotEqualTo(suite.hash(new byte[8]));
            byte[] mac = suite.mac(key, bytes("a text "), bytes("of some length"));
            assertThat(mac).hasSize(Suite.HASH_BYTES);
            assertThat(suite.mac(key, bytes("a text of some length"))).isEqualTo(mac);
            assertThat(suite.extract(key, hash)).hasSize(Suite.HASH_BYTES);
            assertThat(suite.expand(key, "label", bytes("context"), 28)).hasSize(28);
            assertThat(suite.expand(key, "labelcontext", new byte[0], 28))
                    .isEqualTo(suite.expand(key, "label", bytes("context"), 28));
            assertThat(suite.sign(key, suite.publicKey(key), hash)).hasSize(Suite.SIGNATURE_BYTES);
        }
    }

    @Test
    void noFunctionGivesWhatAnotherGives() {
        byte[] key = new byte[32];
        List<byte[]> results = List.of(
                SUITE.publicKey(key).bytes(),
                SUITE.ephemeralKey(key).bytes(),
                SUITE.hash(key),
                SUITE.mac(key),
                SUITE.extract(key, new byte[0]),
                SUITE.expand(key, "", new byte[0], 32),
                Arrays.copyOf(SUITE.sign(key, Bytes32.of(key), new byte[0]), 32));
        TreeSet<String> different = new TreeSet<>();
        results.forEach(result -> different.add(hex(result)));
        assertThat(different).hasSize(results.size());
    }

    @Test
    void thousandsOfNodesHaveDifferentIds() {
        TreeSet<Long> ids = new TreeSet<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] seed = ByteBuffer.allocate(32).putInt(28, i).array();
            ids.add(NodeKey.of(SUITE, seed).id());
        }
        assertThat(ids).hasSize(20_000);
    }

    private static byte[] sealed(byte[] key, long number, String clear, String text) {
        byte[] datagram = joined(bytes(clear), bytes(text), new byte[Aead.TAG_BYTES]);
        SUITE.aead(key, CLEAR).seal(number, datagram, 0, text.length());
        return datagram;
    }

    private String opened(byte[] key, long number, byte[] datagram) {
        int length = SUITE.aead(key, CLEAR).open(number, datagram, 0, datagram.length, into);
        return length == Aead.REFUSED
                ? "refused"
                : new String(into, 0, length, StandardCharsets.US_ASCII);
    }

    private static NodeKey key(SplittableRandom random) {
        byte[] seed = new byte[NodeKey.SEED_BYTES];
        random.nextBytes(seed);
        return NodeKey.of(SUITE, seed);
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all =
                ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(String text) {
        return hex(bytes(text));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
