// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.examples.demo.Demo;
import dev.tributary.examples.demo.DemoOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a whole swarm at work. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs a source, a relay and viewers on this machine, kills suppliers, and checks "
                        + "every byte.",
        footer = {
            "",
            "Each node has its own UDP socket on loopback. The source may send 2.5 x the stream,",
            "each viewer 1.5 x: what is missing, viewers carry for each other. Every few seconds a",
            "supplier is killed without warning. Exit code: 0 nothing was lost, 1 something was.",
            "",
            "Examples:",
            "  tributary demo",
            "  tributary demo --viewers 20 --seconds 60 --seed 7"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int MOST_VIEWERS = 200;

    @Option(names = "--viewers", paramLabel = "N", description = "viewers (default: 8)")
    private int viewers = 8;

    @Option(names = "--seconds", paramLabel = "S", description = "length (default: 30)")
    private int seconds = 30;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "who is killed, and what the nodes choose (default: 1)")
    private long seed = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (viewers < 1 || viewers > MOST_VIEWERS) {
            throw Usage.wrong(spec, "--viewers must be 1 to " + MOST_VIEWERS + ", not " + viewers);
        }
        if (seconds < 1) {
            throw Usage.wrong(spec, "--seconds must be 1 or more, not " + seconds);
        }
        boolean terminal = Terminal.onStandardOutput();
        try {
            return new Demo(new DemoOptions(viewers, seconds, seed), terminal, System.out).run();
        } catch (IllegalStateException nodeFailed) {
            throw new CommandFailure("a node of the demo failed: " + nodeFailed.getMessage());
        } catch (IOException failed) {
            throw new CommandFailure("the demo cannot run here: " + failed.getMessage()
                    + "; it needs UDP sockets on 127.0.0.1");
        }
    }
}
