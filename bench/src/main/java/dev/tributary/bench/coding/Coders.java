// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import dev.tributary.codec.Kernels;
import dev.tributary.codec.kernel.Kernel;
import java.lang.module.ModuleFinder;
import java.util.List;

/** Those that are compared, by name. */
public final class Coders {
    public static final String BACKBLAZE = "backblaze";
    public static final String SCALAR = "scalar";
    public static final String VECTOR = "vector";
    public static final String NATIVE = "native";
    public static final String ISAL = "isal";
    public static final String ISAL_HEAP = "isal-heap";
    public static final String XOR = "xor";

    /** Ours: the same code with different kernels. */
    public static final List<String> OURS = List.of(SCALAR, VECTOR, NATIVE);

    /** In the order of the tables. */
    public static final List<String> ALL =
            List.of(BACKBLAZE, SCALAR, VECTOR, NATIVE, ISAL, ISAL_HEAP, XOR);

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private Coders() {}

    /** Those that a JVM of this machine can run, with the options that benchmarks give it. */
    public static List<String> available() {
        return ALL.stream().filter(Coders::available).toList();
    }

    private static boolean available(String name) {
        return switch (name) {
            // The JVM that starts the benchmarks may lack the module, theirs ask for it.
            case VECTOR, XOR -> ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent();
            case NATIVE -> Kernels.available().stream().anyMatch(kernel -> matches(kernel, name));
            case ISAL, ISAL_HEAP -> IsalVectorKernel.present();
            default -> true;
        };
    }

    /** What a coder of this name is to do. */
    static Specimen specimen(String name, Shape shape, int symbolBytes) {
        return name.equals(XOR)
                ? Specimen.xor(shape, symbolBytes)
                : Specimen.reedSolomon(shape, symbolBytes);
    }

    static Coder coder(String name, Specimen specimen) {
        return switch (name) {
            case BACKBLAZE -> new ReferenceCoder(specimen);
            case SCALAR, VECTOR, NATIVE -> new KernelCoder(kernel(name), specimen);
            case ISAL -> new IsalCoder(specimen, false);
            case ISAL_HEAP -> new IsalCoder(specimen, true);
            case XOR -> new XorCoder(specimen);
            default -> throw new IllegalArgumentException("no coder '" + name + "' in " + ALL);
        };
    }

    /** The kernel of one of our coders. */
    static Kernel kernel(String name) {
        return Kernels.available().stream()
                .filter(kernel -> matches(kernel, name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " kernel in this JVM"));
    }

    /** The vector kernel's name goes on with its width. */
    private static boolean matches(Kernel kernel, String name) {
        return kernel.name().equals(name) || kernel.name().startsWith(name + "-");
    }
}
