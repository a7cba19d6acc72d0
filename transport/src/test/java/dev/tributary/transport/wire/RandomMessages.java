// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Dismissal;
import dev.tributary.transport.wire.Message.End;
import dev.tributary.transport.wire.Message.Introduction;
import dev.tributary.transport.wire.Message.Join;
import dev.tributary.transport.wire.Message.Leave;
import dev.tributary.transport.wire.Message.ManifestFeed;
import dev.tributary.transport.wire.Message.ManifestRequest;
import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.Message.RecordsWanted;
import dev.tributary.transport.wire.Message.Repair;
import dev.tributary.transport.wire.Message.RepairRefusal;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.Seen;
import dev.tributary.transport.wire.Message.Shown;
import dev.tributary.transport.wire.Message.SignedManifest;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Verdict;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.Message.Wrong;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Messages of every kind with contents that a seed decides, each field over its whole range. */
public final class RandomMessages {
    /** Types of frames that are messages: all but the symbol. */
    public static final List<Integer> TYPES = List.of(
            Wire.INTRODUCTION,
            Wire.WELCOME,
            Wire.PROBE,
            Wire.STATUS,
            Wire.SUBSCRIBE,
            Wire.ANSWER,
            Wire.UNSUBSCRIBE,
            Wire.REVOKE,
            Wire.REPAIR,
            Wire.REPAIR_REFUSAL,
            Wire.END,
            Wire.LEAVE,
            Wire.MEMBERS,
            Wire.MANIFEST,
            Wire.MANIFEST_FEED,
            Wire.MANIFEST_REQUEST,
            Wire.WRONG,
            Wire.TICKET,
            Wire.DISMISSAL,
            Wire.RECORDS,
            Wire.RECORDS_WANTED,
            Wire.SEEN);

    private final RandomGenerator random;

    public RandomMessages(RandomGenerator random) {
        this.random = random;
    }

    public Message any() {
        return ofType(TYPES.get(random.nextInt(TYPES.size())));
    }

    public Message ofType(int type) {
        return switch (type) {
            case Wire.INTRODUCTION ->
                new Introduction(u8(), endpoint(), ticket(), status(0), own());
            case Wire.WELCOME -> welcome();
            case Wire.PROBE -> new Probe(u32());
            case Wire.STATUS -> new StatusReport(u32(), status(Wire.MAX_UPSTREAMS));
            case Wire.SUBSCRIBE -> new Subscribe(u16(), u8(), u16(), id(), block(), esis());
            case Wire.ANSWER -> new Answer(u16(), list(64, this::verdict), nodes(8));
            case Wire.UNSUBSCRIBE -> new Unsubscribe(esis());
            case Wire.REVOKE -> new Revoke(u8(), esis(), nodes(8));
            case Wire.REPAIR -> new Repair(u8(), block(), esis());
            case Wire.REPAIR_REFUSAL -> new RepairRefusal(block(), u8());
            case Wire.END -> end();
            case Wire.LEAVE -> new Leave();
            case Wire.MEMBERS -> new Members(members(Wire.MAX_MEMBERS));
            case Wire.MANIFEST ->
                new SignedManifest(
                        u8(), bytes(random.nextInt(1 + Manifest.bytes(8, Manifest.capacity(8)))));
            case Wire.MANIFEST_FEED -> new ManifestFeed(random.nextBoolean());
            case Wire.MANIFEST_REQUEST -> new ManifestRequest(block(), u8());
            case Wire.WRONG -> new Wrong(block(), u8());
            case Wire.TICKET -> new Shown(ticket());
            case Wire.DISMISSAL -> new Dismissal(u8());
            case Wire.RECORDS -> new Records(list(Wire.MAX_RECORDS, this::record));
            case Wire.RECORDS_WANTED -> new RecordsWanted(nodes(Wire.MAX_RECORDS_WANTED));
            case Wire.SEEN -> new Seen(endpoint());
            default -> throw new IllegalArgumentException("no message has type " + type);
        };
    }

    private Welcome welcome() {
        return new Welcome(
                u8(),
                endpoint(),
                ticket(),
                status(0),
                list(Wire.MAX_JOINS, () -> new Join(block(), block())),
                members(Wire.MAX_MEMBERS),
                own());
    }

    private @Nullable NodeRecord own() {
        return random.nextBoolean() ? record() : null;
    }

    private NodeRecord record() {
        return new NodeRecord(
                Bytes32.of(bytes(32)),
                endpoint(),
                u8(),
                u16(),
                block(),
                bytes(NodeRecord.SIGNATURE_BYTES));
    }

    private List<Long> nodes(int most) {
        return list(most, this::id);
    }

    private Status status(int upstreams) {
        return new Status(
                u8(),
                block(),
                block(),
                block(),
                u16(),
                u16(),
                u8(),
                u8(),
                list(128, () -> new Status.Offer(u8(), u8(), u8())),
                list(upstreams, () -> new Status.Upstream(u8(), id())));
    }

    private End end() {
        return new End(id(), id(), bytes(End.SIGNATURE_BYTES));
    }

    private byte[] ticket() {
        return bytes(random.nextBoolean() ? 0 : random.nextInt(256));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A manifest of blocks that are at most so old as its field says. */
    public Manifest manifest(int k, int blocks) {
        long millis = random.nextLong(1L << 48);
        List<Manifest.Vouched> vouched = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            long[] symbols = new long[k];
            Arrays.setAll(symbols, esi -> random.nextLong(1L << 48));
            vouched.add(new Manifest.Vouched(
                    random.nextInt(1 << 24),
                    millis - u16(),
                    random.nextBoolean(),
                    id(),
                    id(),
                    symbols));
        }
        long first = random.nextLong(Long.MAX_VALUE);
        boolean closed = random.nextBoolean();
        boolean encrypted = random.nextBoolean();
        return new Manifest(
                id(), block(), millis, k, u8(), u16(), block(), closed, encrypted, id(), first,
                vouched);
    }

    private Verdict verdict() {
        return new Verdict(u8(), u8(), u8(), block());
    }

    private List<Member> members(int most) {
        return list(most, () -> new Member(id(), u16()));
    }

    private List<Integer> esis() {
        return list(Wire.MAX_ESIS, this::u8);
    }

    /** IPv4 or IPv6, one as often as the other. */
    Endpoint endpoint() {
        byte[] address = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(address);
        return Endpoint.of(address, u16());
    }

    private <T> List<T> list(int most, Supplier<T> one) {
        List<T> all = new ArrayList<>();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            all.add(one.get());
        }
        return all;
    }

    private int u8() {
        return random.nextInt(1 << 8);
    }

    private int u16() {
        return random.nextInt(1 << 16);
    }

    private int u32() {
        return random.nextInt();
    }

    private long block() {
        return random.nextLong(1L << 32);
    }

    private long id() {
        return random.nextLong();
    }
}
