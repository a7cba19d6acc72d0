// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Message.End;
import dev.tributary.transport.wire.WireWriter;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/** Tells the words of a stream's source from those of others, by its public key. */
final class SourceVoice {
    private static final int END_BYTES = 16;

    private final StreamSpec spec;

    /** Null when the stream's key is no point of the curve: then nobody has signed anything. */
    private final @Nullable Ed25519PublicKeyParameters key;

    SourceVoice(StreamSpec spec) {
        this.spec = spec;
        key = key(spec);
    }

    private static @Nullable Ed25519PublicKeyParameters key(StreamSpec spec) {
        try {
            return new Ed25519PublicKeyParameters(spec.key().bytes(), 0);
        } catch (IllegalArgumentException noPointOfTheCurve) {
            return null;
        }
    }

    /** Whether the source signed the first {@code length} bytes; the signature follows them. */
    boolean said(SourceWord word, byte[] text, int length) {
        return verify(word, text, length, Arrays.copyOfRange(text, length, text.length));
    }

    boolean said(End end) {
        return verify(SourceWord.END, text(end), END_BYTES, end.signature());
    }

    private boolean verify(SourceWord word, byte[] text, int length, byte[] signature) {
        if (key == null) {
            return false;
        }
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key);
        word.feed(verifier, spec.id(), text, length);
        return verifier.verifySignature(signature);
    }

    /** The signed word that a stream ends before a block. */
    static End end(StreamKey key, StreamSpec spec, long epochMillis, long blocks) {
        byte[] text = text(new End(epochMillis, blocks, new byte[0]));
        return new End(epochMillis, blocks, key.sign(SourceWord.END, spec.id(), text, END_BYTES));
    }

    private static byte[] text(End end) {
        byte[] text = new byte[END_BYTES];
        new WireWriter().reset(text, 0).u64(end.epochMillis()).u64(end.blocks());
        return text;
    }
}
