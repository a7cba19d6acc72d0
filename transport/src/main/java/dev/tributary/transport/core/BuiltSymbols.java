// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Symbols of one block that were computed here: each is built once, however many take it. */
final class BuiltSymbols {
    private record Built(int esi, byte[] symbol) {}

    private final List<Built> all = new ArrayList<>();

    byte @Nullable [] find(int esi) {
        for (Built built : all) {
            if (built.esi == esi) {
                return built.symbol;
            }
        }
        return null;
    }

    void add(int esi, byte[] symbol) {
        all.add(new Built(esi, symbol));
    }
}
