// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.transport.StreamStats;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsFileTest {
    private static final InetSocketAddress ADDRESS =
            InetSocketAddress.createUnresolved("192.0.2.7", 7_000);
    private static final OutputCounts OUTPUT = new OutputCounts(5, 6);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void eachLineIsAWholeObjectAndTheLastSaysSo() throws IOException {
        List<JsonNode> lines = write(stats(100, 10, List.of()), stats(200, 20, List.of()));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).get("final").asBoolean()).isFalse();
        assertThat(lines.get(1).get("final").asBoolean()).isTrue();
        assertThat(lines.get(1).get("time_ms").asLong()).isEqualTo(1_000);
        assertThat(lines.get(1).get("stream").asText()).isEqualTo("news");
        assertThat(lines.get(1).get("blocks_played").asLong()).isEqualTo(20);
    }

    @Test
    void everythingAskedForIsThere() throws IOException {
        StreamStats.Takeover takeover =
                new StreamStats.Takeover(2_500_000_000L, 3, 1, 2, "stopped", 120_000_000);
        JsonNode line = write(stats(100, 10, List.of(takeover))).getFirst();

        for (String number : List.of(
                "blocks_played",
                "bytes_played",
                "gap_blocks",
                "late_blocks",
                "head_block",
                "startup_ms",
                "repairs_asked",
                "repairs_received",
                "repairs_answered",
                "repairs_refused",
                "duplicate_symbols",
                "wire_bytes_in",
                "wire_bytes_out",
                "control_bytes_in",
                "control_bytes_out",
                "members",
                "standbys",
                "substreams_down",
                "substreams_up",
                "takeover_count",
                "output_written_bytes",
                "output_dropped_bytes")) {
            assertThat(line.path(number).isNumber()).as(number).isTrue();
        }
        assertThat(line.at("/startup_ms").asDouble()).isEqualTo(412.5);
        assertThat(line.at("/delay_ms/p99").asDouble()).isEqualTo(2_003.0);
        assertThat(line.at("/suppliers/0/address").asText()).isEqualTo("192.0.2.7:7000");
        assertThat(line.at("/suppliers/0/esis/1").asInt()).isEqualTo(9);
        assertThat(line.at("/bytes_by_supplier/0/bytes").asLong()).isEqualTo(100);
        assertThat(line.at("/takeovers/0/at_ms").asDouble()).isEqualTo(2_500.0);
        assertThat(line.at("/takeovers/0/reason").asText()).isEqualTo("stopped");
        assertThat(line.at("/takeovers/0/duration_ms").asDouble()).isEqualTo(120.0);
        assertThat(line.at("/counters/datagramsMalformed").asLong()).isEqualTo(4);
    }

    @Test
    void aSupplierThatCameBackKeepsItsBytes() throws IOException {
        List<JsonNode> lines =
                write(stats(100, 1, List.of()), stats(700, 2, List.of()), stats(50, 3, List.of()));

        assertThat(lines.getLast().at("/bytes_by_supplier/0/bytes").asLong()).isEqualTo(750);
        assertThat(lines.getLast().at("/bytes_by_supplier")).hasSize(1);
    }

    @Test
    void takeoversAreKeptWhenTheSnapshotForgetsThem() throws IOException {
        StreamStats.Takeover takeover = new StreamStats.Takeover(1, 3, 1, 2, "stopped", 5);
        List<JsonNode> lines = write(
                stats(1, 1, List.of(takeover)),
                stats(2, 2, List.of(takeover)),
                stats(3, 3, List.of()));

        assertThat(lines.getLast().get("takeovers")).hasSize(1);
        assertThat(lines.getLast().get("takeover_count").asLong()).isEqualTo(1);
    }

    private List<JsonNode> write(StreamStats... snapshots) throws IOException {
        Path path = folder.resolve("stats.jsonl");
        try (StatsFile file = StatsFile.create(path, "news")) {
            for (int i = 0; i < snapshots.length; i++) {
                file.write(i * 1_000L, i == snapshots.length - 1, snapshots[i], OUTPUT);
            }
        }
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new java.util.ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }

    private static StreamStats stats(
            long supplierBytes, long blocks, List<StreamStats.Takeover> takeovers) {
        StreamStats.Peer supplier =
                new StreamStats.Peer(0xabcdL, ADDRESS, "SOURCE", List.of(1, 9), supplierBytes, 2);
        return new StreamStats(
                blocks,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9,
                10,
                412_500_000,
                11,
                12,
                13,
                14,
                15,
                List.of(supplier),
                List.of(),
                takeovers,
                List.of(new StreamStats.Count("datagramsMalformed", 4)),
                16,
                17,
                new StreamStats.DelayPercentiles(
                        2_001_000_000, 2_002_000_000, 2_003_000_000, 2_004_000_000, 18),
                19);
    }
}
