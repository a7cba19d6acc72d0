// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.StreamException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The tributary command. */
@Command(
        name = "tributary",
        mixinStandardHelpOptions = true,
        version = "tributary 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = "Live streams from many viewers to many viewers: publish one, watch one, or "
                + "help to carry some.",
        footer = {
            "",
            "Examples:",
            "  tributary demo",
            "      a whole swarm on this machine, with nothing else needed",
            "  tributary publish --input film.ts --link-file film.link",
            "  tributary watch film.link --output - | ffplay -",
            "  tributary relay film.link --upload-mbps 50",
            "",
            "'tributary COMMAND --help' tells more. Exit code: 0 good, 1 something failed or was",
            "lost, 2 wrong usage. SIGTERM and Ctrl-C leave in good order, with exit code 0."
        })
public final class Tributary implements Callable<Integer> {
    private static final List<String> COMMANDS =
            List.of("publish", "watch", "relay", "keygen", "ticket", "demo");

    /** Not for people: the build's. */
    private static final String TRAINING = "train";

    /** So that no example breaks. */
    private static final int HELP_COLUMNS = 100;

    @Override
    public Integer call() {
        CommandLine.usage(commandLine(new Interruption(), null), System.out);
        return CommandLine.ExitCode.USAGE;
    }

    public static void main(String[] args) {
        Interruption interruption = new Interruption();
        interruption.install();
        int code = run(interruption, args);
        interruption.disarm();
        System.exit(code);
    }

    /** Runs one command to its end and returns its exit code. */
    static int run(Interruption interruption, String... args) {
        String first = args.length == 0 ? "" : args[0];
        return commandLine(interruption, isCommand(first) ? first : null).execute(args);
    }

    /** Only the command asked for is built, since picocli takes its time over each. */
    private static CommandLine commandLine(Interruption interruption, @Nullable String only) {
        CommandLine root = new CommandLine(new Tributary());
        for (String name : only == null ? COMMANDS : List.of(only)) {
            root.addSubcommand(name, command(name, interruption));
        }
        root.setUsageHelpWidth(HELP_COLUMNS);
        root.setParameterExceptionHandler(Tributary::onWrongUsage);
        root.setExecutionExceptionHandler(Tributary::onFailure);
        return root;
    }

    private static boolean isCommand(String name) {
        return COMMANDS.contains(name) || name.equals(TRAINING);
    }

    private static Object command(String name, Interruption interruption) {
        return switch (name) {
            case "publish" -> new PublishCommand(interruption);
            case "watch" -> new WatchCommand(interruption);
            case "relay" -> new RelayCommand(interruption);
            case "keygen" -> new KeygenCommand();
            case "ticket" -> new TicketCommand();
            case "demo" -> new DemoCommand();
            default -> new TrainCommand();
        };
    }

    private static int onWrongUsage(ParameterException wrong, String[] args) {
        Terminal.say(String.valueOf(wrong.getMessage()));
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        Terminal.say("'" + name + " --help' shows the options, with examples");
        return CommandLine.ExitCode.USAGE;
    }

    private static int onFailure(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof CommandFailure || failure instanceof StreamException) {
            Terminal.say(String.valueOf(failure.getMessage()));
        } else {
            Terminal.say("this is a bug of ours, please report it with the lines below");
            failure.printStackTrace();
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
