// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.trust.ContentCipher;
import dev.tributary.transport.trust.ContentCipher.Place;
import dev.tributary.transport.trust.Pass;
import org.jspecify.annotations.Nullable;

/**
 * Between what is carried and what is played: the same bytes, unless the stream is encrypted. All
 * else that a node does, it does with what is carried.
 */
final class Content {
    private static final byte[] NOTHING = {};

    private final StreamNode stream;
    private final byte[] clear;
    private @Nullable ContentCipher cipher;

    Content(StreamNode stream, @Nullable Pass pass) {
        this.stream = stream;
        StreamSpec spec = stream.spec();
        clear = spec.encrypted() ? new byte[spec.blockBytes()] : NOTHING;
        Origin origin = stream.origin();
        if (origin != null && spec.encrypted()) {
            cipher = new ContentCipher(spec.id(), origin.key().contentSecret(spec.id()));
        } else if (pass != null) {
            renew(pass);
        }
    }

    /** The next keys. */
    void renew(Pass pass) {
        if (stream.spec().encrypted() && pass.content() != null) {
            cipher = new ContentCipher(stream.spec().id(), pass.content());
        }
    }

    /** Source: makes of a block's media what is carried, in place. */
    void close(Origin origin, long block, long millis, byte[] media, int bytes) {
        if (cipher != null) {
            cipher.turn(new Place(origin.epochMillis(), block, millis), media, media, bytes);
        }
    }

    /**
     * The media of a block that is proved, valid until the next call; null when its key is not
     * known.
     */
    byte @Nullable [] open(Block block) {
        Proof proof = block.proof;
        if (!stream.spec().encrypted()) {
            return block.data();
        }
        if (cipher == null || proof == null) {
            return null;
        }
        Place place = new Place(
                proof.manifest().epochMillis(), block.number, proof.block().millis());
        boolean open = cipher.turn(place, block.data(), clear, block.bytes());
        return open ? clear : null;
    }
}
