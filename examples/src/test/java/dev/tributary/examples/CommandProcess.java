// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, as a shell would start it. */
final class CommandProcess implements AutoCloseable {
    private static final int MOST_SECONDS = 40;

    private final Process process;
    private final Path messages;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Thread reader;

    private CommandProcess(Process process, Path messages) {
        this.process = process;
        this.messages = messages;
        reader = Thread.ofPlatform().daemon().start(this::readOutput);
    }

    /** What it says on standard error goes to a file in the folder. */
    static CommandProcess start(Path folder, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Tributary.class.getName()));
        command.addAll(List.of(args));
        Path messages = Files.createTempFile(folder, args[0], ".err");
        return new CommandProcess(
                new ProcessBuilder(command).redirectError(messages.toFile()).start(), messages);
    }

    private void readOutput() {
        try (InputStream stream = process.getInputStream()) {
            stream.transferTo(output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    boolean running() {
        return process.isAlive();
    }

    /** How it was called, as everybody on the machine can see. */
    String commandLine() {
        return process.info().commandLine().orElseThrow();
    }

    /** SIGTERM, SIGINT and the like, by the name that kill takes. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Its exit code, once it has ended by itself. */
    int code() throws InterruptedException {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end; it said: " + messages());
        }
        return process.exitValue();
    }

    /** What it has written to standard output so far. */
    int outputBytes() {
        return output.size();
    }

    /** All that it wrote to standard output; waits for its end. */
    byte[] output() throws InterruptedException {
        reader.join();
        return output.toByteArray();
    }

    String messages() {
        try {
            return Files.readString(messages);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
