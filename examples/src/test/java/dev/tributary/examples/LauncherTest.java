// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in a copy of what a build leaves, with JDKs that only say their version. */
@DisabledOnOs(OS.WINDOWS) // it is a shell script
class LauncherTest {
    @TempDir
    private Path folder = Path.of("");

    private Path launcher() {
        return folder.resolve("examples").resolve("tributary");
    }

    @BeforeEach
    void build() throws IOException {
        Path built = Files.createDirectories(folder.resolve("examples").resolve("target"));
        Files.createDirectories(built.resolve("lib"));
        Path script = Path.of("tributary").toAbsolutePath();
        Files.copy(
                Files.exists(script) ? script : Path.of("examples", "tributary"),
                launcher(),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(folder.resolve("examples").resolve("jvm.options"), "-Xshare:auto\n");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (OutputStream jar = Files.newOutputStream(built.resolve("tributary.jar"))) {
            new JarOutputStream(jar, manifest).close();
        }
    }

    /** A JDK whose java tells its process id and its arguments. */
    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(java, "#!/bin/sh\necho \"" + name + " $$ $*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }

    private record Ended(int code, long pid, String output) {}

    private Ended run(String variable, Path home, String path) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(launcher().toString(), "watch", "a link")
                .redirectErrorStream(true);
        builder.environment().remove("TRIBUTARY_JAVA_HOME");
        builder.environment().remove("JAVA_HOME");
        builder.environment().put(variable, home.toString());
        builder.environment().merge("PATH", path, (old, first) -> first + ":" + old);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), process.pid(), output);
    }

    @Test
    void theLauncherBecomesTheJvm() throws Exception {
        Path good = jdk("good", "25.0.1");
        Ended ended = run("TRIBUTARY_JAVA_HOME", good, "/usr/bin");

        assertThat(ended.output()).startsWith("good " + ended.pid() + " ");
        assertThat(ended.output()).endsWith("tributary.jar watch a link\n");
        assertThat(ended.code()).isZero();
    }

    @Test
    void withoutACacheThereIsOneCompiler() throws Exception {
        Ended ended = run("TRIBUTARY_JAVA_HOME", jdk("good", "25.0.1"), "/usr/bin");

        assertThat(ended.output()).contains(" -XX:TieredStopAtLevel=1 ").doesNotContain("AOTCache");
    }

    @Test
    void withTheCacheOfItsJarsTheJvmCompilesAsTrained() throws Exception {
        Path built = folder.resolve("examples").resolve("target");
        Files.createFile(built.resolve("tributary.aot"));
        Path good = jdk("good", "25.0.1");
        Ended trained = run("TRIBUTARY_JAVA_HOME", good, "/usr/bin");
        Files.setLastModifiedTime(
                built.resolve("tributary.jar"), FileTime.from(Instant.now().plusSeconds(9)));
        Ended stale = run("TRIBUTARY_JAVA_HOME", good, "/usr/bin");

        assertThat(trained.output())
                .contains("/trained.options ")
                .contains("-XX:AOTCache=")
                .doesNotContain("TieredStopAtLevel");
        assertThat(stale.output()).contains(" -XX:TieredStopAtLevel=1 ").doesNotContain("AOTCache");
    }

    @Test
    void anOldJdkIsPassedOverForANewOne() throws Exception {
        Path old = jdk("old", "17.0.9");
        Path good = jdk("good", "26");
        Ended ended = run("JAVA_HOME", old, good.resolve("bin").toString());

        assertThat(ended.output()).startsWith("good ");
    }

    @Test
    void aJdkThatWasNamedButIsTooOldIsAnErrorThatSaysSo() throws Exception {
        Ended ended = run("TRIBUTARY_JAVA_HOME", jdk("old", "21"), "/usr/bin");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("TRIBUTARY_JAVA_HOME").contains("no JDK 25 or newer");
    }
}
