// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.stats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tributary.transport.StreamStats;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of JSON objects, one a line, each a whole picture of one stream at one time. */
public final class StatsFile implements Closeable {
    private final Writer writer;
    private final String stream;
    private final JsonFactory json = new JsonFactory();
    private final StreamHistory history = new StreamHistory();

    public StatsFile(Writer writer, String stream) {
        this.writer = writer;
        this.stream = stream;
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** The file is made, or emptied. */
    public static StatsFile create(Path path, String stream) throws IOException {
        return new StatsFile(Files.newBufferedWriter(path, StandardCharsets.UTF_8), stream);
    }

    /** Writes one line and flushes it. */
    public void write(long timeMillis, boolean last, StreamStats stats, OutputCounts output)
            throws IOException {
        history.add(stats);
        try (JsonGenerator out = json.createGenerator(writer)) {
            out.writeStartObject();
            out.writeNumberField("time_ms", timeMillis);
            out.writeBooleanField("final", last);
            out.writeStringField("stream", stream);
            playout(out, stats, output);
            traffic(out, stats);
            overlay(out, stats);
            takeovers(out);
            counters(out, stats.counters());
            out.writeEndObject();
        }
        writer.write('\n');
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static void playout(JsonGenerator out, StreamStats stats, OutputCounts output)
            throws IOException {
        out.writeNumberField("blocks_played", stats.blocksPlayed());
        out.writeNumberField("bytes_played", stats.bytesPlayed());
        out.writeNumberField("gap_blocks", stats.gapBlocks());
        out.writeNumberField("late_blocks", stats.lateBlocks());
        out.writeNumberField("head_block", stats.headBlock());
        if (stats.startupNanos() < 0) {
            out.writeNullField("startup_ms");
        } else {
            millis(out, "startup_ms", stats.startupNanos());
        }
        StreamStats.DelayPercentiles delay = stats.delay();
        out.writeObjectFieldStart("delay_ms");
        millis(out, "p50", delay.p50Nanos());
        millis(out, "p90", delay.p90Nanos());
        millis(out, "p99", delay.p99Nanos());
        millis(out, "max", delay.maxNanos());
        out.writeNumberField("blocks", delay.blocks());
        out.writeEndObject();
        out.writeNumberField("output_written_bytes", output.writtenBytes());
        out.writeNumberField("output_dropped_bytes", output.droppedBytes());
    }

    private static void traffic(JsonGenerator out, StreamStats stats) throws IOException {
        out.writeNumberField("repairs_asked", stats.repairsAsked());
        out.writeNumberField("repairs_received", stats.repairsReceived());
        out.writeNumberField("repairs_answered", stats.repairsAnswered());
        out.writeNumberField("repairs_refused", stats.repairsRefused());
        out.writeNumberField("duplicate_symbols", stats.duplicateSymbols());
        out.writeNumberField("wire_bytes_in", stats.wireBytesIn());
        out.writeNumberField("wire_bytes_out", stats.wireBytesOut());
        out.writeNumberField("control_bytes_in", stats.controlBytesIn());
        out.writeNumberField("control_bytes_out", stats.controlBytesOut());
    }

    private void overlay(JsonGenerator out, StreamStats stats) throws IOException {
        out.writeNumberField("members", stats.members());
        out.writeNumberField("standbys", stats.standbys());
        out.writeNumberField("substreams_down", stats.substreamsDown());
        out.writeNumberField("substreams_up", stats.substreamsUp());
        peers(out, "suppliers", stats.suppliers());
        peers(out, "receivers", stats.receivers());
        out.writeArrayFieldStart("bytes_by_supplier");
        for (StreamHistory.Supplier supplier : history.suppliers()) {
            out.writeStartObject();
            out.writeStringField("node", AddressText.ofNode(supplier.node()));
            out.writeStringField("address", supplier.address());
            out.writeStringField("role", supplier.role());
            out.writeNumberField("bytes", supplier.bytes());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void peers(JsonGenerator out, String name, List<StreamStats.Peer> peers)
            throws IOException {
        out.writeArrayFieldStart(name);
        for (StreamStats.Peer peer : peers) {
            out.writeStartObject();
            out.writeStringField("node", AddressText.ofNode(peer.node()));
            out.writeStringField("address", AddressText.of(peer.address()));
            out.writeStringField("role", peer.role());
            out.writeArrayFieldStart("esis");
            for (int esi : peer.esis()) {
                out.writeNumber(esi);
            }
            out.writeEndArray();
            out.writeNumberField("bytes", peer.bytes());
            out.writeNumberField("depth", peer.depth());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void takeovers(JsonGenerator out) throws IOException {
        out.writeNumberField("takeover_count", history.takeoverCount());
        out.writeArrayFieldStart("takeovers");
        for (StreamStats.Takeover takeover : history.takeovers()) {
            out.writeStartObject();
            millis(out, "at_ms", takeover.atNanos());
            out.writeNumberField("esi", takeover.esi());
            out.writeStringField("from", AddressText.ofNode(takeover.from()));
            out.writeStringField("to", AddressText.ofNode(takeover.to()));
            out.writeStringField("reason", takeover.reason());
            millis(out, "duration_ms", takeover.durationNanos());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void counters(JsonGenerator out, List<StreamStats.Count> counters)
            throws IOException {
        out.writeObjectFieldStart("counters");
        for (StreamStats.Count count : counters) {
            out.writeNumberField(count.name(), count.value());
        }
        out.writeEndObject();
    }

    /** Milliseconds to the microsecond: what a reader can take in. */
    private static void millis(JsonGenerator out, String name, long nanos) throws IOException {
        out.writeNumberField(name, Math.round(nanos / 1e3) / 1e3);
    }
}
