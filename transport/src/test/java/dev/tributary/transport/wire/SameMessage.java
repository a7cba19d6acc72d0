// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.End;
import dev.tributary.transport.wire.Message.SignedManifest;
import org.jspecify.annotations.Nullable;

/** Compares messages by what they say: those with arrays are records that do not. */
public final class SameMessage {
    private SameMessage() {}

    public static void assertSame(@Nullable Message read, @Nullable Message written) {
        if (read instanceof End got && written instanceof End sent) {
            assertThat(got.epochMillis()).isEqualTo(sent.epochMillis());
            assertThat(got.blocks()).isEqualTo(sent.blocks());
            assertThat(got.signature()).isEqualTo(sent.signature());
        } else if (read instanceof SignedManifest got && written instanceof SignedManifest sent) {
            assertThat(got.depth()).isEqualTo(sent.depth());
            assertThat(got.signed()).isEqualTo(sent.signed());
        } else {
            assertThat(read).isEqualTo(written);
        }
    }

    /** The same for manifests. */
    public static void assertSame(Manifest read, Manifest written) {
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }
}
