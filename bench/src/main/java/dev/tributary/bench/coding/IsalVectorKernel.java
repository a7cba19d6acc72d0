// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * One product of a matrix and symbols by Intel's ISA-L, as distributions package it. Two ways, for
 * its fast call wants a table of addresses, which arrays on the heap do not have:
 *
 * <ul>
 *   <li>native: {@code ec_encode_data} on native memory in which the symbols lie already, which is
 *       more than a program with byte arrays could have;
 *   <li>heap: {@code gf_vect_mad} on byte arrays, one call for each pair of input and output.
 * </ul>
 */
@SuppressWarnings("restricted") // foreign calls are what this is for
final class IsalVectorKernel {
    private static final String LIBRARY = "libisal.so.2";

    /** Bytes of its table for one coefficient. */
    private static final int TABLE_BYTES = 32;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final boolean PRESENT = present(LIBRARY);

    private static final MethodHandle INIT_TABLES = handle(
            "ec_init_tables", FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    /** Since release 2.31 the fast call has tables of a form of its own where there is GFNI. */
    private static final MethodHandle MUL_INIT =
            handle("gf_vect_mul_init", FunctionDescriptor.ofVoid(JAVA_BYTE, ADDRESS));

    private static final MethodHandle ENCODE_DATA = handle(
            "ec_encode_data",
            FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));

    private static final MethodHandle VECT_MAD = handle(
            "gf_vect_mad",
            FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));

    private final int k;
    private final int symbolBytes;
    private final MemorySegment tables;
    private final MemorySegment[] rowTables;
    private final MemorySegment inputs;
    private final MemorySegment[] inputSlots;
    private final MemorySegment outputs;
    private final MemorySegment[] outputSlots;
    private final MemorySegment inputAddresses;
    private final MemorySegment outputAddresses;

    /**
     * A product with its own memory, and the inputs in it.
     *
     * @param rows k coefficients for each output
     * @param targets the slot of each output
     * @param input k symbols, copied
     * @param slots symbols that the output has room for
     */
    IsalVectorKernel(byte[][] rows, int[] targets, byte[] input, int slots, boolean heap) {
        k = rows[0].length;
        symbolBytes = input.length / k;
        Arena arena = Arena.ofAuto();
        tables = arena.allocate((long) rows.length * k * TABLE_BYTES, 64);
        rowTables = sliced(tables, rows.length, k * TABLE_BYTES);
        MemorySegment matrix = arena.allocate((long) rows.length * k);
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(rows[i], 0, matrix, JAVA_BYTE, (long) i * k, k);
        }
        if (heap) {
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < k; j++) {
                    initTable(rows[i][j], rowTables[i].asSlice((long) j * TABLE_BYTES));
                }
            }
        } else {
            initTables(k, rows.length, matrix, tables);
        }
        long outputBytes = (long) slots * symbolBytes;
        inputs = heap
                ? MemorySegment.ofArray(input.clone())
                : arena.allocate(input.length, 64).copyFrom(MemorySegment.ofArray(input));
        outputs = heap
                ? MemorySegment.ofArray(new byte[(int) outputBytes])
                : arena.allocate(outputBytes, 64);
        inputSlots = sliced(inputs, k, symbolBytes);
        outputSlots = new MemorySegment[rows.length];
        for (int i = 0; i < rows.length; i++) {
            outputSlots[i] = outputs.asSlice((long) targets[i] * symbolBytes, symbolBytes);
        }
        inputAddresses = heap ? MemorySegment.NULL : addresses(arena, inputSlots);
        outputAddresses = heap ? MemorySegment.NULL : addresses(arena, outputSlots);
    }

    /** Whether the library can be loaded here. */
    static boolean present() {
        return PRESENT;
    }

    /** Makes all outputs. */
    void multiply() {
        if (inputs.isNative()) {
            encodeData();
        } else {
            for (int i = 0; i < outputSlots.length; i++) {
                outputSlots[i].fill((byte) 0);
                for (int j = 0; j < k; j++) {
                    mad(j, rowTables[i], inputSlots[j], outputSlots[i]);
                }
            }
        }
    }

    /** Copies inputs to the end of the output, from the given slots on. */
    void copy(int inputSlot, int outputSlot, int count) {
        MemorySegment.copy(
                inputs,
                (long) inputSlot * symbolBytes,
                outputs,
                (long) outputSlot * symbolBytes,
                (long) count * symbolBytes);
    }

    /** Copies the first bytes of the output. */
    void output(byte[] into) {
        MemorySegment.copy(outputs, JAVA_BYTE, 0, into, 0, into.length);
    }

    private static void initTable(byte coefficient, MemorySegment table) {
        try {
            MUL_INIT.invokeExact(coefficient, table);
        } catch (Throwable thrown) {
            throw new IllegalStateException("a downcall throws nothing", thrown);
        }
    }

    private void encodeData() {
        try {
            ENCODE_DATA.invokeExact(
                    symbolBytes, k, outputSlots.length, tables, inputAddresses, outputAddresses);
        } catch (Throwable thrown) {
            throw new IllegalStateException("a downcall throws nothing", thrown);
        }
    }

    private void mad(int index, MemorySegment table, MemorySegment in, MemorySegment out) {
        try {
            VECT_MAD.invokeExact(symbolBytes, k, index, table, in, out);
        } catch (Throwable thrown) {
            throw new IllegalStateException("a downcall throws nothing", thrown);
        }
    }

    private static void initTables(int k, int rows, MemorySegment matrix, MemorySegment tables) {
        try {
            INIT_TABLES.invokeExact(k, rows, matrix, tables);
        } catch (Throwable thrown) {
            throw new IllegalStateException("a downcall throws nothing", thrown);
        }
    }

    private static MemorySegment[] sliced(MemorySegment all, int count, int bytes) {
        MemorySegment[] slices = new MemorySegment[count];
        for (int i = 0; i < count; i++) {
            slices[i] = all.asSlice((long) i * bytes, bytes);
        }
        return slices;
    }

    private static MemorySegment addresses(Arena arena, MemorySegment[] slots) {
        MemorySegment addresses = arena.allocate(ADDRESS, slots.length);
        for (int i = 0; i < slots.length; i++) {
            addresses.setAtIndex(ADDRESS, i, slots[i]);
        }
        return addresses;
    }

    private static boolean present(String library) {
        try {
            return SymbolLookup.libraryLookup(library, Arena.global())
                    .find("ec_encode_data")
                    .isPresent();
        } catch (IllegalArgumentException absent) {
            return false;
        }
    }

    /** A handle without thread transition, which heap arrays need; without the library, a stub. */
    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        MemorySegment address = PRESENT
                ? SymbolLookup.libraryLookup(LIBRARY, Arena.global()).findOrThrow(name)
                : MemorySegment.NULL;
        return PRESENT
                ? LINKER.downcallHandle(address, descriptor, Linker.Option.critical(true))
                : MethodHandles.empty(descriptor.toMethodType());
    }
}
