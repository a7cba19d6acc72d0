// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Properties;
import java.util.stream.Stream;

/** Where, when and by which command a run was made: what JMH's own file leaves out. */
public record Machine(String cpu, int cores, String system, String date, String command) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path LIBRARIES = Path.of("/usr/lib");

    /** This machine, today. */
    public static Machine here(String command) {
        // The rest of the release names the machine, not the system.
        String release = System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1");
        String system = System.getProperty("os.name") + " " + release + isal();
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                system,
                LocalDate.now(ZoneOffset.UTC).toString(),
                command);
    }

    /** The release of ISA-L that is compared, as its file's name has it: 2.0.31 is 2.31. */
    private static String isal() {
        try (Stream<Path> folders = Files.list(LIBRARIES)) {
            for (Path folder : folders.toList()) {
                Path library = folder.resolve("libisal.so.2");
                if (Files.exists(library)) {
                    return ", " + library.toRealPath().getFileName();
                }
            }
        } catch (IOException noSuchFolder) {
            return "";
        }
        return "";
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException | java.io.UncheckedIOException noSuchFile) {
            return System.getProperty("os.arch");
        }
    }

    /** Writes it beside the results. */
    public void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("cpu", cpu);
        properties.setProperty("cores", Integer.toString(cores));
        properties.setProperty("system", system);
        properties.setProperty("date", date);
        properties.setProperty("command", command);
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
    }

    static Machine read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return new Machine(
                value(properties, "cpu"),
                Integer.parseInt(value(properties, "cores")),
                value(properties, "system"),
                value(properties, "date"),
                value(properties, "command"));
    }

    private static String value(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("the run does not say its " + key);
        }
        return value;
    }
}
