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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages to bytes. */
public final class MessageEncoder {
    private MessageEncoder() {}

    /** Writes a whole frame, header included. */
    public static void encode(Message message, WireWriter out) {
        out.u8(type(message));
        int lengthAt = out.position();
        out.u16(0);
        body(message, out);
        out.patch16(lengthAt, out.position() - lengthAt - 2);
    }

    private static int type(Message message) {
        return switch (message) {
            case Introduction m -> Wire.INTRODUCTION;
            case Welcome m -> Wire.WELCOME;
            case Probe m -> Wire.PROBE;
            case StatusReport m -> Wire.STATUS;
            case Subscribe m -> Wire.SUBSCRIBE;
            case Answer m -> Wire.ANSWER;
            case Unsubscribe m -> Wire.UNSUBSCRIBE;
            case Revoke m -> Wire.REVOKE;
            case Repair m -> Wire.REPAIR;
            case RepairRefusal m -> Wire.REPAIR_REFUSAL;
            case End m -> Wire.END;
            case Leave m -> Wire.LEAVE;
            case Members m -> Wire.MEMBERS;
            case SignedManifest m -> Wire.MANIFEST;
            case ManifestFeed m -> Wire.MANIFEST_FEED;
            case ManifestRequest m -> Wire.MANIFEST_REQUEST;
            case Wrong m -> Wire.WRONG;
            case Shown m -> Wire.TICKET;
            case Dismissal m -> Wire.DISMISSAL;
            case Records m -> Wire.RECORDS;
            case RecordsWanted m -> Wire.RECORDS_WANTED;
            case Seen m -> Wire.SEEN;
        };
    }

    private static void body(Message message, WireWriter out) {
        switch (message) {
            case Introduction m -> introduction(m, out);
            case Welcome m -> welcome(m, out);
            case Probe m -> out.u32(m.token());
            case StatusReport m -> {
                out.u32(m.token());
                m.status().write(out);
            }
            case Subscribe m -> {
                out.u16(m.request()).u8(m.flags()).u16(m.freeSlots());
                out.u64(m.dead()).u32(m.fromBlock());
                esis(m.esis(), out);
            }
            case Answer m -> answer(m, out);
            case Unsubscribe m -> esis(m.esis(), out);
            case Revoke m -> {
                out.u8(m.reason());
                esis(m.esis(), out);
                nodes(m.successors(), out);
            }
            case Repair m -> esis(m.esis(), out.u8(m.flags()).u32(m.block()));
            case RepairRefusal m -> out.u32(m.block()).u8(m.reason());
            case End m -> out.u64(m.epochMillis()).u64(m.blocks()).raw(m.signature());
            case Leave m -> {}
            case Members m -> members(m.members(), out);
            case SignedManifest m -> out.u8(m.depth()).u16(m.signed().length).raw(m.signed());
            case ManifestFeed m -> out.u8(m.wanted() ? 1 : 0);
            case ManifestRequest m -> out.u32(m.block()).u8(m.most());
            case Wrong m -> out.u32(m.block()).u8(m.esi());
            case Shown m -> ticket(m.ticket(), out);
            case Dismissal m -> out.u8(m.verdict());
            case Records m -> {
                out.u8(m.records().size());
                m.records().forEach(record -> record.write(out));
            }
            case RecordsWanted m -> nodes(m.nodes(), out);
            case Seen m -> m.you().write(out);
        }
    }

    private static void introduction(Introduction m, WireWriter out) {
        m.you().write(out.u8(m.role()));
        m.status().write(ticket(m.ticket(), out));
        own(m.own(), out);
    }

    private static void welcome(Welcome m, WireWriter out) {
        m.you().write(out.u8(m.role()));
        m.status().write(ticket(m.ticket(), out));
        out.u8(m.joins().size());
        for (Join join : m.joins()) {
            out.u32(join.block()).u32(join.sourceMillis());
        }
        members(m.members(), out);
        own(m.own(), out);
    }

    private static void own(@Nullable NodeRecord own, WireWriter out) {
        out.u8(own == null ? 0 : 1);
        if (own != null) {
            own.write(out);
        }
    }

    private static WireWriter ticket(byte[] ticket, WireWriter out) {
        return out.u8(ticket.length).raw(ticket);
    }

    private static void answer(Answer m, WireWriter out) {
        out.u16(m.request()).u8(m.verdicts().size());
        for (Verdict verdict : m.verdicts()) {
            out.u8(verdict.esi()).u8(verdict.code()).u8(verdict.depth());
            out.u32(verdict.fromBlock());
        }
        nodes(m.alternatives(), out);
    }

    private static void members(List<Member> members, WireWriter out) {
        out.u8(members.size());
        for (Member member : members) {
            member.write(out);
        }
    }

    private static void nodes(List<Long> nodes, WireWriter out) {
        out.u8(nodes.size());
        for (long node : nodes) {
            out.u64(node);
        }
    }

    private static void esis(List<Integer> esis, WireWriter out) {
        out.u8(esis.size());
        for (int esi : esis) {
            out.u8(esi);
        }
    }
}
