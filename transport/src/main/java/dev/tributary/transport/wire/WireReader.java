// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

/**
 * Reads big-endian fields from borrowed bytes. Reading past the end never throws: it gives zeros
 * and {@link #failed()} stays true from then on, so a decoder checks once, at its end.
 */
public final class WireReader {
    private byte[] bytes = new byte[0];
    private int position;
    private int end;
    private boolean failed;

    /** Starts over on other bytes, which are borrowed until the next reset. */
    public WireReader reset(byte[] source, int offset, int length) {
        bytes = source;
        position = offset;
        end = offset + length;
        failed = false;
        return this;
    }

    public int u8() {
        return has(1) ? bytes[position++] & 0xFF : 0;
    }

    public int u16() {
        return (int) number(2);
    }

    public int u24() {
        return (int) number(3);
    }

    public long u32() {
        return number(4);
    }

    public long u48() {
        return number(6);
    }

    public long u64() {
        return number(8);
    }

    public void read(byte[] into) {
        if (has(into.length)) {
            System.arraycopy(bytes, position, into, 0, into.length);
            position += into.length;
        }
    }

    /** Passes over bytes that nobody needs. */
    public void skip(int count) {
        if (has(count)) {
            position += count;
        }
    }

    public byte[] array() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    /** A decoder met a value that cannot be. */
    public void fail() {
        failed = true;
        position = end;
    }

    public boolean failed() {
        return failed;
    }

    private long number(int count) {
        if (!has(count)) {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | (bytes[position++] & 0xFF);
        }
        return value;
    }

    private boolean has(int count) {
        if (count < 0 || end - position < count) {
            fail();
            return false;
        }
        return true;
    }
}
