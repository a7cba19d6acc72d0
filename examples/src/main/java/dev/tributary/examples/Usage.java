// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Complaints about options that only make no sense together, or that picocli cannot check. */
final class Usage {
    private Usage() {}

    /** To be thrown: ends the command with the usage exit code. */
    static ParameterException wrong(@Nullable CommandSpec spec, String message) {
        return new ParameterException(
                Objects.requireNonNull(spec, "picocli sets it").commandLine(), message);
    }
}
