// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Endpoint;

/** Refuses everything: in place until a call brings the driver's outbox. */
final class NowhereOutbox implements Outbox {
    private static final byte[] NOTHING = {};

    @Override
    public int path(Endpoint address) {
        throw new IllegalStateException("no outbox yet");
    }

    @Override
    public Endpoint address(int path) {
        throw new IllegalStateException("no outbox yet");
    }

    @Override
    public boolean claim(int path, int bytes) {
        return false;
    }

    @Override
    public byte[] buffer() {
        return NOTHING;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public void commit(int bytes) {
        throw new IllegalStateException("nothing was claimed");
    }

    @Override
    public void play(int stream, Playout item) {
        throw new IllegalStateException("no outbox yet");
    }
}
