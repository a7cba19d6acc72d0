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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes to messages. Bytes after what a message needs are left alone, for later versions. */
public final class MessageDecoder {
    private MessageDecoder() {}

    /** The message of a frame's body; null when the type is unknown or the body is malformed. */
    public static @Nullable Message decode(int type, WireReader in) {
        Message message = switch (type) {
            case Wire.INTRODUCTION -> introduction(in);
            case Wire.WELCOME -> welcome(in);
            case Wire.PROBE -> new Probe((int) in.u32());
            case Wire.STATUS -> new StatusReport((int) in.u32(), Status.read(in));
            case Wire.SUBSCRIBE -> subscribe(in);
            case Wire.ANSWER -> answer(in);
            case Wire.UNSUBSCRIBE -> new Unsubscribe(esis(in));
            case Wire.REVOKE -> new Revoke(in.u8(), esis(in), nodes(in, Wire.MAX_ALTERNATIVES));
            case Wire.REPAIR -> new Repair(in.u8(), in.u32(), esis(in));
            case Wire.REPAIR_REFUSAL -> new RepairRefusal(in.u32(), in.u8());
            case Wire.END -> end(in);
            case Wire.LEAVE -> new Leave();
            case Wire.MEMBERS -> new Members(members(in, Wire.MAX_MEMBERS));
            case Wire.MANIFEST -> manifest(in);
            case Wire.MANIFEST_FEED -> new ManifestFeed((in.u8() & 1) != 0);
            case Wire.MANIFEST_REQUEST -> new ManifestRequest(in.u32(), in.u8());
            case Wire.WRONG -> new Wrong(in.u32(), in.u8());
            case Wire.TICKET -> new Shown(ticket(in));
            case Wire.DISMISSAL -> new Dismissal(in.u8());
            case Wire.RECORDS -> new Records(records(in, Wire.MAX_RECORDS));
            case Wire.RECORDS_WANTED -> new RecordsWanted(nodes(in, Wire.MAX_RECORDS_WANTED));
            case Wire.SEEN -> new Seen(Endpoint.read(in));
            default -> null;
        };
        return in.failed() ? null : message;
    }

    /** Whether a decoder for this type of frame exists. */
    public static boolean knows(int type) {
        return type == Wire.INTRODUCTION
                || type == Wire.WELCOME
                || (type >= Wire.PROBE && type <= Wire.SEEN);
    }

    private static Introduction introduction(WireReader in) {
        return new Introduction(in.u8(), Endpoint.read(in), ticket(in), Status.read(in), own(in));
    }

    private static Welcome welcome(WireReader in) {
        return new Welcome(
                in.u8(),
                Endpoint.read(in),
                ticket(in),
                Status.read(in),
                joins(in),
                members(in, Wire.MAX_MEMBERS),
                own(in));
    }

    private static @Nullable NodeRecord own(WireReader in) {
        List<NodeRecord> own = records(in, 1);
        return own.isEmpty() ? null : own.getFirst();
    }

    private static List<NodeRecord> records(WireReader in, int most) {
        int count = in.u8();
        if (count > most) {
            in.fail();
        }
        List<NodeRecord> records = new ArrayList<>(Math.min(count, most));
        for (int i = 0; i < count && !in.failed(); i++) {
            records.add(NodeRecord.read(in));
        }
        return records;
    }

    private static byte[] ticket(WireReader in) {
        int length = in.u8();
        if (length > in.remaining()) {
            in.fail();
        }
        byte[] ticket = new byte[in.failed() ? 0 : length];
        in.read(ticket);
        return ticket;
    }

    private static Subscribe subscribe(WireReader in) {
        return new Subscribe(in.u16(), in.u8(), in.u16(), in.u64(), in.u32(), esis(in));
    }

    private static Answer answer(WireReader in) {
        int request = in.u16();
        int count = in.u8();
        List<Verdict> verdicts = new ArrayList<>(Math.min(count, in.remaining() / 7));
        for (int i = 0; i < count && !in.failed(); i++) {
            verdicts.add(new Verdict(in.u8(), in.u8(), in.u8(), in.u32()));
        }
        return new Answer(request, verdicts, nodes(in, Wire.MAX_ALTERNATIVES));
    }

    private static End end(WireReader in) {
        long epoch = in.u64();
        long blocks = in.u64();
        byte[] signature = new byte[End.SIGNATURE_BYTES];
        in.read(signature);
        return new End(epoch, blocks, signature);
    }

    private static SignedManifest manifest(WireReader in) {
        int depth = in.u8();
        int length = in.u16();
        if (length > in.remaining()) {
            in.fail();
        }
        byte[] signed = new byte[in.failed() ? 0 : length];
        in.read(signed);
        return new SignedManifest(depth, signed);
    }

    private static List<Join> joins(WireReader in) {
        int count = in.u8();
        if (count > Wire.MAX_JOINS) {
            in.fail();
        }
        List<Join> joins = new ArrayList<>(Math.min(count, in.remaining() / 8));
        for (int i = 0; i < count && !in.failed(); i++) {
            joins.add(new Join(in.u32(), in.u32()));
        }
        return joins;
    }

    private static List<Member> members(WireReader in, int most) {
        int count = in.u8();
        if (count > most) {
            in.fail();
        }
        List<Member> members = new ArrayList<>(Math.min(count, most));
        for (int i = 0; i < count && !in.failed(); i++) {
            members.add(Member.read(in));
        }
        return members;
    }

    private static List<Long> nodes(WireReader in, int most) {
        int count = in.u8();
        if (count > most) {
            in.fail();
        }
        List<Long> nodes = new ArrayList<>(Math.min(count, most));
        for (int i = 0; i < count && !in.failed(); i++) {
            nodes.add(in.u64());
        }
        return nodes;
    }

    private static List<Integer> esis(WireReader in) {
        int count = in.u8();
        List<Integer> esis = new ArrayList<>(Math.min(count, in.remaining()));
        for (int i = 0; i < count && !in.failed(); i++) {
            esis.add(in.u8());
        }
        return esis;
    }
}
