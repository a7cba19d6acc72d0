// SPDX-License-Identifier: Apache-2.0
/*
 * The calls that Java makes, and the choice of instructions. All arrays are borrowed for the call,
 * and the caller has checked their bounds. Coefficients and symbols are bytes of GF(2^8) with the
 * polynomial 0x11D. After tributary_codec_start nothing here has state.
 */
#include "paths.h"

#include <cpuid.h>

#define EXPORT __attribute__((visibility("default")))

/* Goes up with every change of a signature or of a meaning below; Java asks before it calls. */
#define ABI 1

enum { NO_PATH = 0, AVX2 = 1, GFNI_AVX512 = 2 };

#define POLYNOMIAL 0x11D

uint64_t tributary_matrices[256];
uint8_t tributary_products[256][32] __attribute__((aligned(32)));

static unsigned product(unsigned a, unsigned b) {
    unsigned sum = 0;
    for (int bit = 7; bit >= 0; bit--) {
        sum = (sum << 1) ^ (sum & 0x80 ? POLYNOMIAL : 0);
        sum ^= (b >> bit & 1) != 0 ? a : 0;
    }
    return sum;
}

static void fill_tables(void) {
    for (unsigned coefficient = 0; coefficient < 256; coefficient++) {
        uint64_t matrix = 0;
        for (unsigned bit = 0; bit < 8; bit++) {
            const unsigned column = product(coefficient, 1U << bit);
            for (unsigned row = 0; row < 8; row++) {
                /* The instruction takes the row of the product's highest bit from byte 0. */
                matrix |= (uint64_t)(column >> row & 1) << (8 * (7 - row) + bit);
            }
        }
        tributary_matrices[coefficient] = matrix;
        for (unsigned i = 0; i < 16; i++) {
            tributary_products[coefficient][i] = (uint8_t)product(coefficient, i);
            tributary_products[coefficient][16 + i] = (uint8_t)product(coefficient, i << 4);
        }
    }
}

/* Which register states the operating system saves at a switch of threads. */
static uint32_t saved_states(void) {
    uint32_t low;
    uint32_t high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

static int has(uint32_t bits, uint32_t wanted) {
    return (bits & wanted) == wanted;
}

static int best_path(void) {
    const uint32_t osxsave = 1U << 27;                        /* leaf 1, ecx */
    const uint32_t avx2 = 1U << 5;                            /* leaf 7, ebx */
    const uint32_t avx512_f_bw_vl = 1U << 16 | 1U << 30 | 1U << 31;
    const uint32_t gfni = 1U << 8;                            /* leaf 7, ecx */
    const uint32_t xmm_ymm = 0x06;                            /* saved states */
    const uint32_t opmask_zmm = 0xE0;
    uint32_t a;
    uint32_t b;
    uint32_t c;
    uint32_t d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !has(c, osxsave)) {
        return NO_PATH;
    }
    const uint32_t states = saved_states();
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !has(b, avx2) || !has(states, xmm_ymm)) {
        return NO_PATH;
    }
    const int wide = has(b, avx512_f_bw_vl) && has(states, opmask_zmm);
    return wide && has(c, gfni) ? GFNI_AVX512 : AVX2;
}

EXPORT int32_t tributary_codec_abi(void) {
    return ABI;
}

/* To be called once, before all that follows; returns the best path of this machine, 0 for none. */
EXPORT int32_t tributary_codec_start(void) {
    fill_tables();
    return best_path();
}

/* The name of a path, ended by a zero byte. */
EXPORT const char *tributary_codec_path_name(int32_t path) {
    switch (path) {
    case AVX2:
        return "AVX2";
    case GFNI_AVX512:
        return "GFNI and AVX-512";
    default:
        return "none";
    }
}

static void run(int32_t path, const Sums *sums, int rows) {
    if (path == GFNI_AVX512) {
        tributary_gfni_sums(sums, rows);
    } else {
        tributary_avx2_sums(sums, rows);
    }
}

/*
 * Bytes from..from + length of one output symbol.
 *
 * inputs: k symbols of symbol_bytes, one after the other; out: where the output symbol starts
 */
EXPORT void tributary_codec_dot(
        int32_t path, const uint8_t *row, int32_t k, const uint8_t *inputs, int32_t symbol_bytes,
        int32_t from, int32_t length, uint8_t *out, int32_t out_offset) {
    const Sums sums = {
        .rows = {row},
        .out = {out + out_offset + from},
        .inputs = inputs + from,
        .k = (size_t)k,
        .stride = (size_t)symbol_bytes,
        .length = (size_t)length,
    };
    run(path, &sums, 1);
}

/*
 * Bytes from..from + length of several output symbols.
 *
 * rows: k coefficients for each output, from row number first on; targets: for each row, the slot
 * of symbol_bytes in out that takes its output
 */
EXPORT void tributary_codec_multiply(
        int32_t path, const uint8_t *rows, const int32_t *targets, int32_t first, int32_t count,
        int32_t k, const uint8_t *inputs, int32_t symbol_bytes, int32_t from, int32_t length,
        uint8_t *out) {
    Sums sums = {
        .inputs = inputs + from,
        .k = (size_t)k,
        .stride = (size_t)symbol_bytes,
        .length = (size_t)length,
    };
    const int32_t end = first + count;
    for (int32_t row = first; row < end; row += GROUP) {
        const int group = end - row < GROUP ? end - row : GROUP;
        for (int i = 0; i < group; i++) {
            sums.rows[i] = rows + (size_t)(row + i) * sums.k;
            sums.out[i] = out + (size_t)targets[row + i] * sums.stride + from;
        }
        run(path, &sums, group);
    }
}

/*
 * Adds coefficient times input to bytes from..from + length of each of count symbols.
 *
 * sums: the symbols, one after the other
 */
EXPORT void tributary_codec_fold(
        int32_t path, const uint8_t *coefficients, int32_t count, const uint8_t *input,
        int32_t input_offset, int32_t symbol_bytes, int32_t from, int32_t length, uint8_t *sums) {
    const Fold fold = {
        .coefficients = coefficients,
        .count = (size_t)count,
        .input = input + input_offset + from,
        .sums = sums + from,
        .stride = (size_t)symbol_bytes,
        .length = (size_t)length,
    };
    if (path == GFNI_AVX512) {
        tributary_gfni_fold(&fold);
    } else {
        tributary_avx2_fold(&fold);
    }
}
