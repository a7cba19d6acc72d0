// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

/** Writes big-endian fields into an array that somebody else owns. */
public final class WireWriter {
    private byte[] bytes = new byte[0];
    private int start;
    private int position;

    public WireWriter reset(byte[] target, int offset) {
        bytes = target;
        start = offset;
        position = offset;
        return this;
    }

    public WireWriter u8(int value) {
        bytes[position++] = (byte) value;
        return this;
    }

    public WireWriter u16(int value) {
        return number(value, 2);
    }

    public WireWriter u24(int value) {
        return number(value, 3);
    }

    public WireWriter u32(long value) {
        return number(value, 4);
    }

    public WireWriter u48(long value) {
        return number(value, 6);
    }

    public WireWriter u64(long value) {
        return number(value, 8);
    }

    public WireWriter raw(byte[] source) {
        System.arraycopy(source, 0, bytes, position, source.length);
        position += source.length;
        return this;
    }

    public WireWriter raw(byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
        return this;
    }

    public WireWriter zeros(int count) {
        for (int i = 0; i < count; i++) {
            bytes[position++] = 0;
        }
        return this;
    }

    /** Overwrites two bytes written before, for a length that is known only afterwards. */
    public void patch16(int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    public byte[] array() {
        return bytes;
    }

    public int position() {
        return position;
    }

    /** Passes over bytes that the caller has put into the array itself. */
    public void advance(int count) {
        position += count;
    }

    /** Bytes written since the reset. */
    public int length() {
        return position - start;
    }

    private WireWriter number(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            bytes[position++] = (byte) (value >>> (8 * i));
        }
        return this;
    }
}
