// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Bytes32;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.Signer;

/** What a source signs. The signed text is the title, the stream's identity, and the word. */
enum SourceWord {
    END("tributary end of stream 1"),
    MANIFEST("tributary manifest 1");

    private final String title;

    SourceWord(String title) {
        this.title = title;
    }

    void feed(Signer signer, Bytes32 stream, byte[] text, int length) {
        byte[] context = title.getBytes(StandardCharsets.US_ASCII);
        signer.update(context, 0, context.length);
        signer.update(stream.bytes(), 0, 32);
        signer.update(text, 0, length);
    }
}
