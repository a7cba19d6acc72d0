// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.examples.tidy.DeterminismRule;
import dev.tributary.examples.tidy.EdgeRule;
import dev.tributary.examples.tidy.JavaSource;
import dev.tributary.examples.tidy.NameRule;
import dev.tributary.examples.tidy.Project;
import dev.tributary.examples.tidy.Rule;
import dev.tributary.examples.tidy.SizeRule;
import dev.tributary.examples.tidy.TestRule;
import dev.tributary.examples.tidy.TextRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the whole tree tidy, and shows that each rule bites. */
final class TidyTest {
    private static final Project PROJECT = Project.find();
    private static final List<String> FILES = PROJECT.textFiles();
    private static final List<JavaSource> SOURCES = FILES.stream()
            .filter(path -> path.endsWith(".java"))
            .map(path -> JavaSource.parse(path, PROJECT.text(path)))
            .toList();
    private static final String CORE = "transport/src/main/java/dev/tributary/transport/core/";

    @Test
    void theTopLevelShowsTheAgreedShape() {
        assertThat(PROJECT.visibleTopLevel())
                .containsExactlyInAnyOrder(
                        "pom.xml",
                        "codec",
                        "transport",
                        "standby",
                        "bench",
                        "examples",
                        "README.md");
    }

    @Test
    void everyTextFileIsLicensedFinishedAndPortable() {
        assertThat(FILES).contains("pom.xml", "examples/tributary");
        assertThat(FILES.stream()
                        .flatMap(path -> TextRule.problems(path, PROJECT.text(path)).stream()))
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> marked = SOURCES.stream()
                .filter(source -> source.simpleName().equals("package-info"))
                .filter(source -> source.text().contains("@NullMarked"))
                .map(JavaSource::packageName)
                .toList();
        assertThat(SOURCES.stream().filter(JavaSource::main).map(JavaSource::packageName))
                .isSubsetOf(marked);
    }

    @Test
    void filesMethodsAndLinesKeepToTheirSize() {
        assertThat(problems(new SizeRule())).isEmpty();
    }

    @Test
    void namesSayWhatThingsAre() {
        assertThat(problems(new NameRule())).isEmpty();
    }

    @Test
    void nothingInTheCoreDependsOnTheMachineOrTheMoment() {
        assertThat(problems(new DeterminismRule())).isEmpty();
    }

    @Test
    void packagesUseOnlyWhatTheyMay() {
        assertThat(problems(new EdgeRule())).isEmpty();
    }

    @Test
    void testsNeitherSleepNorMock() {
        assertThat(problems(new TestRule())).isEmpty();
    }

    @Test
    void aLongFileAMethodOrALineIsFound() {
        Rule rule = new SizeRule();
        assertThat(inCore(rule, "class A {}" + "\n".repeat(401))).hasSize(1);
        assertThat(inCore(rule, "class A {}" + "\n".repeat(400))).isEmpty();
        assertThat(inCore(rule, "class A { void f() {" + "\n".repeat(60) + "} }"))
                .hasSize(1);
        assertThat(inCore(rule, "class A { void f() {" + "\n".repeat(59) + "} }"))
                .isEmpty();
        assertThat(inCore(rule, "// " + "x".repeat(98) + "\nclass A {}")).hasSize(1);
    }

    @Test
    void sixParametersAreFoundExceptInARecord() {
        String six = "(int a, int b, int c, int d, int e, int f)";
        assertThat(inCore(new SizeRule(), "class A { void f" + six + " {} }")).hasSize(1);
        assertThat(inCore(new SizeRule(), "class A { A" + six + " {} }")).hasSize(1);
        assertThat(inCore(new SizeRule(), "record A" + six + " { A {} }")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class FooImpl {}",
                "class PeerManager {}",
                "class A { class ByteUtils {} }",
                "class AbstractNode {}",
                "class A { int getLag() { return 1; } }"
            })
    void anEmptyNameIsFound(String text) {
        assertThat(inCore(new NameRule(), text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { Object f = new HashMap<String, String>(); }",
                "class A { Object f = new java.util.HashSet<String>(); }",
                "class A { Object f = Set.of(1, 2); }",
                "class A { long f = System.nanoTime(); }",
                "class A { LongSupplier f = System::nanoTime; }",
                "import static java.lang.System.nanoTime; class A {}",
                "class A { Object f = new Random(); }",
                "class A { void f() { new Thread(); } }",
                "class A { int f = Integer.getInteger(\"a\"); }"
            })
    void whatMakesRunsDifferIsFoundInTheCoreAndAllowedInADriver(String text) {
        Rule rule = new DeterminismRule();
        assertThat(inCore(rule, text)).isNotEmpty();
        String driver = "transport/src/main/java/dev/tributary/transport/netty/A.java";
        assertThat(rule.problems(JavaSource.parse(driver, text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import io.netty.buffer.ByteBuf; class A {}",
                "import dev.tributary.transport.netty.UdpDriver; class A {}",
                "import dev.tributary.transport.TributaryNode; class A {}",
                "import static dev.tributary.transport.sim.Simulation.run; class A {}",
                "class A { dev.tributary.transport.sim.Simulation f; }",
                "import jdk.incubator.vector.ByteVector; class A {}",
                "import java.lang.foreign.Arena; class A {}"
            })
    void aForbiddenEdgeIsFound(String text) {
        String inPackage = "package dev.tributary.transport.core; " + text;
        assertThat(inCore(new EdgeRule(), inPackage)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transport", "transport.core", "transport.netty", "examples.cli"})
    void whatUsersOpenCannotHaveTheSuiteThatProtectsNothing(String user) {
        String text = "package dev.tributary."
                + user
                + "; import dev.tributary.transport.sim.PlainSuite; class A {}";
        assertThat(inCore(new EdgeRule(), text)).hasSize(1);
    }

    @Test
    void anAllowedEdgeIsNotReported() {
        String text = """
                package dev.tributary.transport.core;
                import dev.tributary.codec.ErasureCode;
                import dev.tributary.standby.AddressBook;
                import dev.tributary.transport.wire.Message;
                class A { int f = this.g.length; }
                """;
        assertThat(inCore(new EdgeRule(), text)).isEmpty();
    }

    @Test
    void aSleepInATestIsFound() {
        String path = "codec/src/test/java/dev/tributary/codec/ATest.java";
        String text = "class ATest { void f() { Thread.sleep(10); } }";
        assertThat(new TestRule().problems(JavaSource.parse(path, text))).hasSize(1);
    }

    @Test
    void aMissingLicenceAnOpenEndOrAMachinePathIsFound() {
        String licence = "// SPDX-License-Identifier: Apache-2.0\n";
        assertThat(TextRule.problems("codec/A.java", "class A {}")).hasSize(1);
        assertThat(TextRule.problems("codec/A.java", licence + "// TO" + "DO later"))
                .hasSize(1);
        assertThat(TextRule.problems("codec/A.md", "see /" + "tmp/x")).hasSize(1);
        assertThat(TextRule.problems("codec/A.java", licence + "class A {}")).isEmpty();
    }

    private static List<String> problems(Rule rule) {
        return SOURCES.stream()
                .flatMap(source -> rule.problems(source).stream())
                .toList();
    }

    private static List<String> inCore(Rule rule, String text) {
        return rule.problems(JavaSource.parse(CORE + "A.java", text));
    }
}
