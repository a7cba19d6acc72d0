// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tributary.bench.report.Growth.Point;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample is a run by hand, with round figures, of what JMH 1.37 writes. */
final class JmhReportTest {
    private static final Machine MACHINE =
            new Machine("Test CPU", 2, "Linux 1.0", "2026-01-02", "java -jar it --quick");

    private static String sample() throws IOException {
        try (InputStream in = JmhReportTest.class.getResourceAsStream("sample.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> sections() throws IOException {
        return new JmhReport(Results.parse(sample()), MACHINE).sections();
    }

    @Test
    void speedsStandBesideTheReferenceAndTheBound() throws IOException {
        assertThat(sections().get("coding"))
                .contains("**encode, symbols of 1,152 B**")
                .contains("| K/repair | Backblaze | scalar | vector | XOR bound |")
                // 11,520 B in 23,040, 5,760, 1,152 and 115.2 ns
                .contains("| 10/4 | 0.50 (0.50 %) | 2.00 (4.0x, 2.0 %)"
                        + " | 10.0 (20x, 10 %) | 100 |");
    }

    @Test
    void whatRanAloneIsInNoComparison() throws IOException {
        assertThat(sections().get("coding")).doesNotContain("32/1");
    }

    @Test
    void whatIsLeftAtTheEndOfABlockStandsBesideTheWhole() throws IOException {
        assertThat(sections().get("progressive"))
                .contains("| 10/4, scalar | 1,152 B | 5.76 us | 691 ns (1.20x) |");
    }

    @Test
    void allocationIsTheMostOfAnyCall() throws IOException {
        assertThat(sections().get("allocation"))
                .contains("| encode | 96 | 0 | 0 | 0 |")
                .contains("| decode |  |  |  |  |");
    }

    @Test
    void timesOfTheNodeStandBySize() throws IOException {
        assertThat(sections().get("node"))
                .contains("| what | 16 | 256 | 4,096 | B allocated at the largest |")
                .contains("| `admit` | 20 ns | 320 ns | 5.12 us | 0 |")
                .contains("not part of this run");
    }

    @Test
    void growthIsFittedAndJudged() throws IOException {
        assertThat(sections().get("growth"))
                .contains("| encode one symbol, scalar, by K | 4 to 32 | 1.00 | 1.10 (linear)"
                        + " | yes |")
                .contains("| `admit`, by book | 16 to 4,096 | 1.00 | 1.20 (n log n) | yes |")
                .contains("| `takeOver`, by book | 16 to 4,096 | 2.00 | 1.20 (n log n)"
                        + " | **no** |");
    }

    @Test
    void bytesMayCostWhatTheyCostTheBoundAndNoMore() throws IOException {
        String growth = new GrowthTable(Results.parse("["
                        + encode("xor", 1_000, 10) + "," + encode("xor", 2_000, 30) + ","
                        + encode("xor", 4_000, 90) + "," + encode("vector", 1_000, 20) + ","
                        + encode("vector", 2_000, 60) + "," + encode("vector", 4_000, 180) + ","
                        + encode("native", 1_000, 1) + "," + encode("native", 2_000, 4) + ","
                        + encode("native", 4_000, 16) + "]"))
                .text();
        assertThat(growth)
                .contains("| the XOR bound of one symbol, by bytes | 1,000 to 4,000 | 1.58 |  |  |")
                .contains("vector, by bytes | 1,000 to 4,000 | 1.58 | 1.68 (the XOR bound) | yes |")
                .contains("native, by bytes | 1,000 to 4,000 | 2.00 | 1.68 (the XOR bound)"
                        + " | **no** |");
    }

    private static String encode(String coder, int bytes, int nanos) {
        return ("{'benchmark': 'dev.tributary.bench.coding.CodingBenchmark.encode',"
                        + " 'params': {'coder': '" + coder + "', 'shape': '10/1',"
                        + " 'symbolBytes': '" + bytes + "'}, 'primaryMetric': {'score': " + nanos
                        + ", 'scoreUnit': 'ns/op', 'rawData': [[" + nanos + "]]}}")
                .replace('\'', '"');
    }

    @Test
    void theRunSaysWhereWhenAndHow() throws IOException {
        assertThat(sections().get("run"))
                .contains("`java -jar it --quick`, 2026-01-02, Test CPU (2 cores), Linux 1.0")
                .contains("OpenJDK 64-Bit Server VM 25.0.3")
                .contains("warm-up 3 x 300 ms")
                .contains("10 % in the median");
    }

    @Test
    void placesOfADocumentAreFilledAndTheRestStays() {
        String text = "a\n<!-- jmh:node -->\nold\n<!-- /jmh:node -->\nb\n"
                + "<!-- jmh:run --><!-- /jmh:run -->c\n";
        String filled = Document.filled(text, Map.of("node", "n\n", "run", "r\n"));
        assertThat(filled)
                .isEqualTo("a\n<!-- jmh:node -->\n\nn\n\n<!-- /jmh:node -->\nb\n"
                        + "<!-- jmh:run -->\n\nr\n\n<!-- /jmh:run -->c\n");
        assertThat(Document.filled(filled, Map.of("node", "n\n", "run", "r\n"))).isEqualTo(filled);
    }

    @Test
    void onePlaceIsFilledAndTheOthersStay() {
        String text = "<!-- jmh:node -->old<!-- /jmh:node --> <!-- jmh:run --><!-- /jmh:run -->";
        assertThat(Document.filled(text, Map.of("node", "n\n", "run", "r\n"), "run"))
                .isEqualTo("<!-- jmh:node -->old<!-- /jmh:node -->"
                        + " <!-- jmh:run -->\n\nr\n\n<!-- /jmh:run -->");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.filled(text, Map.of("node", "n\n"), "trust"));
    }

    @Test
    void trustIsAShareOfACore() throws IOException {
        assertThat(sections().get("trust"))
                .contains("`java -jar it --quick`, 2026-01-02, Test CPU")
                // 10 Mbit/s are 1,085 symbols and 136 blocks a second
                .contains("| a symbol's datagram opened | 2.00 us | 1,085 | 0.22 %"
                        + " | 10,851 | 2.2 % |")
                .contains("| a manifest's signature verified | 100 us | 9 | 0.09 % | 90 | 0.90 % |")
                .contains("| all |  |  | 0.48 % |  | 4.8 % |")
                .contains("A handshake takes both sides 500 us together.")
                .contains("encrypted, 10.0 us more for each block")
                .contains("0.14 % of a core at 10 Mbit/s, 1.4 % at 100.");
    }

    @Test
    void aPlaceThatNobodyFillsIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Document.filled("<!-- jmh:rnu --> <!-- /jmh:rnu -->", Map.of("run", "")))
                .withMessageContaining("rnu");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.filled("no place", Map.of("run", "")));
    }

    @Test
    void thePictureIsAPicture(@TempDir Path folder) throws IOException {
        assumeTrue(hasFonts(), "no fonts on this machine");
        Path file = folder.resolve("coding.png");
        new JmhReport(Results.parse(sample()), MACHINE).draw(file);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1_200);
    }

    private static boolean hasFonts() {
        System.setProperty("java.awt.headless", "true");
        try {
            var environment = GraphicsEnvironment.getLocalGraphicsEnvironment();
            return environment.getAvailableFontFamilyNames().length > 0;
        } catch (LinkageError | InternalError | RuntimeException none) {
            return false;
        }
    }

    @Test
    void aRunIsReadBackFromItsFolder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(JmhReport.RESULTS_FILE), sample());
        MACHINE.write(folder.resolve(JmhReport.MACHINE_FILE));
        assertThat(JmhReport.of(folder).sections()).isEqualTo(sections());
        assertThat(Machine.here("x").cores()).isPositive();
    }

    @Test
    void whatIsNoRunIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Results.parse("{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> Results.parse("[]"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Results.parse("[{\"benchmark\": \"a.B.c\","
                        + " \"primaryMetric\": {\"scoreUnit\": \"ops/s\"}}]"))
                .withMessageContaining("a.B.c");
    }

    @Test
    void aPowerLawIsFoundInItsPoints() {
        List<Point> cubes = IntStream.of(2, 5, 9)
                .mapToObj(n -> new Point(n, 7.0 * n * n * n))
                .toList();
        assertThat(Growth.of(cubes).exponent()).isCloseTo(3, within(1e-9));
        List<Point> logLinear = IntStream.of(16, 4_096)
                .mapToObj(n -> new Point(n, n * Math.log(n)))
                .toList();
        Growth growth = Growth.of(logLinear);
        assertThat(growth.exponent()).isCloseTo(growth.logLinearExponent(), within(1e-9));
    }

    @Test
    void figuresHaveNoMoreDigitsThanTheyDeserve() {
        assertThat(Markdown.time(12.34)).isEqualTo("12 ns");
        assertThat(Markdown.time(999.6)).isEqualTo("1.00 us");
        assertThat(Markdown.time(1_234_567)).isEqualTo("1.23 ms");
        assertThat(Markdown.share(0.0123)).isEqualTo("1.2 %");
        assertThat(Markdown.rate(16.34)).isEqualTo("16.3");
    }
}
