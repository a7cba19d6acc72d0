// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

/** Compares messages by what they say: those with arrays are records that do not. */
public final class SameMessage {
    private SameMessage() {}

    public static void assertSame(@Nullable Message read, @Nullable Message written) {
        assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(written);
    }

    /** The same for manifests. */
    public static void assertSame(Manifest read, Manifest written) {
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }
}
