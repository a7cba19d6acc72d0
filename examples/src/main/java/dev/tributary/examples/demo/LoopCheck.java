// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

/**
 * Compares played bytes with a clip that repeats. Where in the clip a viewer starts is found from
 * what it plays: all places that fit are followed until one is left.
 */
final class LoopCheck {
    private final byte[] clip;
    /** Places in the clip at which the next byte may stand; the first {@code placeCount} count. */
    private int[] places = new int[0];

    private int placeCount;
    private boolean located;
    private long checkedBytes;
    private long wrongBytes;

    LoopCheck(byte[] clip) {
        this.clip = clip;
    }

    void onBytes(byte[] bytes, int offset, int length) {
        if (!located) {
            locate(bytes, offset, length);
            located = true;
        } else {
            keep(bytes, offset, length);
        }
        checkedBytes += length;
        if (placeCount == 0) {
            wrongBytes += length;
            located = false;
        }
    }

    /** What follows is not expected to join on. */
    void onGap() {
        located = false;
    }

    /** Whether what was checked ends where that many published bytes end. */
    boolean endsAt(long publishedBytes) {
        int expected = (int) (publishedBytes % clip.length);
        for (int i = 0; i < placeCount; i++) {
            if (places[i] == expected) {
                return true;
            }
        }
        return false;
    }

    long checkedBytes() {
        return checkedBytes;
    }

    long wrongBytes() {
        return wrongBytes;
    }

    private void locate(byte[] bytes, int offset, int length) {
        places = new int[clip.length];
        placeCount = 0;
        for (int at = 0; at < clip.length; at++) {
            if (matches(at, bytes, offset, length)) {
                places[placeCount++] = (at + length) % clip.length;
            }
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        int kept = 0;
        for (int i = 0; i < placeCount; i++) {
            if (matches(places[i], bytes, offset, length)) {
                places[kept++] = (places[i] + length) % clip.length;
            }
        }
        placeCount = kept;
    }

    private boolean matches(int at, byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            int place = at + i < clip.length ? at + i : (at + i) % clip.length;
            if (clip[place] != bytes[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
