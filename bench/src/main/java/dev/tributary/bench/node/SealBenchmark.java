// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.core.Digests;
import dev.tributary.transport.seal.Session;
import dev.tributary.transport.trust.ContentCipher;
import dev.tributary.transport.trust.ContentCipher.Place;
import dev.tributary.transport.trust.ContentSecret;
import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.Manifest.Vouched;
import dev.tributary.transport.wire.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What trusting nobody costs: datagrams with a symbol of 1,152 B sealed and opened, a handshake, a
 * manifest's signature, a block's digest, and a block of an encrypted stream, each by what a node
 * uses for it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class SealBenchmark {
    private static final int OPENED = 1_024;

    /** Frame header, symbol header and symbol. */
    private static final int PAYLOAD_BYTES =
            CountingOutbox.SYMBOL_DATAGRAM_BYTES - Session.OVERHEAD_BYTES;

    /** In front of each manifest's text, with the stream's identity behind it. */
    private static final byte[] TITLE = "tributary manifest 1".getBytes(StandardCharsets.US_ASCII);

    private final Greeting greeting = new Greeting();
    private final Greeting.Ends link = greeting.greet();
    private final byte[] datagram = new byte[CountingOutbox.SYMBOL_DATAGRAM_BYTES];
    private final byte[] opened = new byte[PAYLOAD_BYTES];
    private final byte[] block = new Received(0).block();
    private final Digests digests = new Digests();
    private final ContentCipher content = new ContentCipher(
            LiveNode.SPEC.id(), new ContentSecret(new byte[32], LiveNode.SPEC.id()));
    private final byte[] carried = new byte[block.length];
    private long number;
    private final Ed25519PublicKeyParameters source =
            new Ed25519PublicKeyParameters(LiveNode.SPEC.key().bytes(), 0);
    private final byte[] signed = new Vouchers(block, 0).next();
    private final byte[] signature =
            Arrays.copyOfRange(signed, signed.length - Manifest.SIGNATURE_BYTES, signed.length);
    private final Vouched vouched = Manifest.read(new WireReader().reset(signed, 0, signed.length))
            .blocks()
            .getFirst();

    /** Datagrams to open: each opens only once, so they are sealed between the timed calls. */
    @State(Scope.Thread)
    public static class Sealed {
        private final byte[][] datagrams = new byte[OPENED][CountingOutbox.SYMBOL_DATAGRAM_BYTES];

        /** A call takes more than a millisecond, so its own clock readings do not matter. */
        @Setup(Level.Invocation)
        public void seal(SealBenchmark benchmark) {
            for (byte[] datagram : datagrams) {
                System.arraycopy(benchmark.block, 0, datagram, Session.HEADER_BYTES, PAYLOAD_BYTES);
                benchmark.seal(datagram);
            }
        }
    }

    /** Proves that what is right passes, and that one wrong bit does not. */
    @Setup
    public void prove() {
        Sealed sealed = new Sealed();
        sealed.seal(this);
        byte[] forged = sealed.datagrams[0].clone();
        forged[forged.length / 2] ^= 1;
        Received.require(open(forged) == Session.REFUSED, "a forged datagram opened");
        Received.require(open(sealed) == OPENED * PAYLOAD_BYTES, "a datagram did not open");
        Received.require(
                Arrays.equals(opened, 0, PAYLOAD_BYTES, block, 0, PAYLOAD_BYTES),
                "a datagram opened to other bytes");
        Received.require(open(sealed.datagrams[0]) == Session.REFUSED, "a datagram opened twice");
        Received.require(verifyManifest(), "the source's signature is not good");
        signed[0] ^= 1;
        Received.require(!verifyManifest(), "a forged manifest passes");
        signed[0] ^= 1;
        Received.require(proveBlock(), "the block is not what the manifest says");
        block[0] ^= 1;
        Received.require(!proveBlock(), "a forged block passes");
        block[0] ^= 1;
        Received.require(turnBlock(), "the content's key is not known");
        Received.require(!Arrays.equals(carried, block), "the block is carried as it is");
        content.turn(place(number), carried, carried, carried.length);
        Received.require(Arrays.equals(carried, block), "the block came back as another");
    }

    private int seal(byte[] into) {
        return link.initiator().seal(0, into, 0, PAYLOAD_BYTES);
    }

    private int open(byte[] sealed) {
        return link.responder().open(sealed, 0, sealed.length, opened);
    }

    /** One datagram with a symbol. */
    @Benchmark
    public int seal() {
        return seal(datagram);
    }

    /** The same at its other end. */
    @Benchmark
    @OperationsPerInvocation(OPENED)
    public int open(Sealed sealed) {
        int bytes = 0;
        for (byte[] one : sealed.datagrams) {
            bytes += open(one);
        }
        return bytes;
    }

    /** All that both sides compute from the first hello to their sessions, the cookie included. */
    @Benchmark
    public Object handshake() {
        return greeting.greet();
    }

    /** The signature of a manifest with four blocks, as at 2 Mbit/s. */
    @Benchmark
    public boolean verifyManifest() {
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, source);
        verifier.update(TITLE, 0, TITLE.length);
        byte[] stream = LiveNode.SPEC.id().bytes();
        verifier.update(stream, 0, stream.length);
        verifier.update(signed, 0, signed.length - signature.length);
        return verifier.verifySignature(signature);
    }

    /** A block of 9,216 B held against the digest that its manifest has. */
    @Benchmark
    public boolean proveBlock() {
        digests.ofBlock(LiveNode.ORIGIN.epochMillis(), 0, block, block.length);
        return digests.high() == vouched.digestHigh() && digests.low() == vouched.digestLow();
    }

    private static Place place(long number) {
        return new Place(LiveNode.ORIGIN.epochMillis(), number, 0);
    }

    /** A block of 9,216 B made unreadable, or readable again: the same work. */
    @Benchmark
    public boolean turnBlock() {
        return content.turn(place(++number), block, carried, block.length);
    }
}
