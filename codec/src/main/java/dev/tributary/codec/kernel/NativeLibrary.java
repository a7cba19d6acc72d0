// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The C part of the codec, a resource of the jar where that was built with a C compiler. It is
 * loaded when this class is first used, and calls no restricted method, which would make the JVM
 * print a warning, unless native access is enabled for this module.
 */
public final class NativeLibrary {
    /** Made by the Maven profile "native". */
    private static final String RESOURCE = "/native/linux-x86_64/libtributary-codec.so";

    /** The number of the calls' signatures and meaning; codec.c has the same. */
    private static final int ABI = 1;

    /** What became of loading: the library, or why there is none. */
    private record Outcome(@Nullable SymbolLookup library, int bestPath, String absence) {}

    private static final Outcome OUTCOME = outcome();

    private NativeLibrary() {}

    /**
     * The native kernel on the best instructions of this machine.
     *
     * @throws UnsupportedOperationException if there is none, with the reason
     */
    public static NativeKernel kernel() {
        return kernels().getFirst();
    }

    /** A kernel for each set of instructions that this machine has, best first. */
    static List<NativeKernel> kernels() {
        if (OUTCOME.library() == null) {
            throw new UnsupportedOperationException(OUTCOME.absence());
        }
        int best = OUTCOME.bestPath();
        return IntStream.range(0, best)
                .mapToObj(worse -> new NativeKernel(best - worse, pathName(best - worse)))
                .toList();
    }

    /** A call into the library that takes arrays of the heap: short, and without a safepoint. */
    @SuppressWarnings("restricted") // a library was loaded, so native access is enabled
    static MethodHandle call(String name, FunctionDescriptor descriptor) {
        SymbolLookup library = OUTCOME.library();
        if (library == null) {
            throw new UnsupportedOperationException(OUTCOME.absence());
        }
        return Linker.nativeLinker()
                .downcallHandle(
                        library.findOrThrow(name), descriptor, Linker.Option.critical(true));
    }

    private static Outcome outcome() {
        if (!NativeLibrary.class.getModule().isNativeAccessEnabled()) {
            return absent("native access is not enabled (--enable-native-access)");
        }
        try {
            return started(library());
        } catch (FileNotFoundException e) {
            return absent("the jar was built without a C compiler");
        } catch (IOException | RuntimeException | LinkageError e) {
            return absent("the library for Linux on x86-64 does not load: " + e);
        }
    }

    private static Outcome started(SymbolLookup library) {
        loadWhatSegmentsNeed();
        int abi = number(library, "tributary_codec_abi");
        if (abi != ABI) {
            return absent("the library has ABI %d, not %d".formatted(abi, ABI));
        }
        int bestPath = number(library, "tributary_codec_start");
        return bestPath > 0
                ? new Outcome(library, bestPath, "")
                : absent("the processor or the operating system lacks AVX2");
    }

    /**
     * C2 inlines no constructor with a parameter type that is not loaded yet. The one of an array's
     * memory session has such a type unless an arena was ever opened, and then each wrapped array
     * of each call leaves its session on the heap.
     */
    private static void loadWhatSegmentsNeed() {
        try (Arena opened = Arena.ofConfined()) {
            assert opened.scope().isAlive();
        }
    }

    private static Outcome absent(String reason) {
        return new Outcome(null, 0, reason);
    }

    /** Loads the resource through a file that only this user can read, and that is gone after. */
    @SuppressWarnings("restricted") // native access is enabled, or this is not reached
    private static SymbolLookup library() throws IOException {
        try (InputStream resource = NativeLibrary.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new FileNotFoundException(RESOURCE);
            }
            Path file = Files.createTempFile("tributary-codec-", ".so");
            try {
                Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
                return SymbolLookup.libraryLookup(file, Arena.global());
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }

    @SuppressWarnings("restricted") // a library was loaded, so native access is enabled
    private static int number(SymbolLookup library, String name) {
        MethodHandle call = Linker.nativeLinker()
                .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(JAVA_INT));
        try {
            return (int) call.invokeExact();
        } catch (Throwable e) {
            throw new LinkageError(name, e);
        }
    }

    @SuppressWarnings("restricted") // a library was loaded, so native access is enabled
    private static String pathName(int path) {
        MethodHandle call =
                call("tributary_codec_path_name", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        try {
            MemorySegment name = (MemorySegment) call.invokeExact(path);
            return name.reinterpret(Byte.MAX_VALUE).getString(0);
        } catch (Throwable e) {
            throw new LinkageError("tributary_codec_path_name", e);
        }
    }
}
