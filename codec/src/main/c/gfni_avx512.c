// SPDX-License-Identifier: Apache-2.0
/*
 * GFNI and AVX-512. The processor's own GF(2^8) product uses another polynomial (0x11B) than this
 * code (0x11D), so a coefficient is an 8 x 8 bit matrix, and a product is one affine instruction.
 */
#include "paths.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,gfni")))

#define BYTES 64

/* Vectors of an input in one step: enough to pay for a row's matrix, few enough for registers. */
#define WIDE 4

/* 0x96 is the truth table of a ^ b ^ c. */
#define XOR3 0x96

TARGET INLINE __m512i matrix(uint8_t coefficient) {
    return _mm512_set1_epi64((long long)tributary_matrices[coefficient]);
}

TARGET INLINE __m512i times(__m512i x, __m512i m) {
    return _mm512_gf2p8affine_epi64_epi8(x, m, 0);
}

/* Which bytes of a vector are read and written. Whole vectors, which say so, cost no masking. */
typedef struct {
    int whole;
    __mmask64 bytes;
} Lanes;

static const Lanes WHOLE = {1, ~(__mmask64)0};

TARGET INLINE Lanes first(size_t bytes) {
    const Lanes lanes = {0, ~(__mmask64)0 >> (BYTES - bytes)};
    return lanes;
}

TARGET INLINE __m512i load(const uint8_t *from, const Lanes lanes) {
    return lanes.whole ? _mm512_loadu_si512(from) : _mm512_maskz_loadu_epi8(lanes.bytes, from);
}

TARGET INLINE void store(uint8_t *to, __m512i value, const Lanes lanes) {
    if (lanes.whole) {
        _mm512_storeu_si512(to, value);
    } else {
        _mm512_mask_storeu_epi8(to, lanes.bytes, value);
    }
}

/*
 * Some vectors of each row. The sums stay in registers over all inputs, two inputs in a step; rows
 * and vectors are constants of the caller, so that the loops over them vanish.
 */
TARGET INLINE void tile(
        const Sums *s, size_t at, const int rows, const int vectors, const Lanes lanes) {
    const size_t k = s->k;
    const size_t stride = s->stride;
    const uint8_t *input = s->inputs + at;
    __m512i sum[GROUP][WIDE];
#pragma GCC unroll 4
    for (int r = 0; r < rows; r++) {
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) {
            sum[r][v] = _mm512_setzero_si512();
        }
    }
    size_t j = 0;
    for (; j + 2 <= k; j += 2, input += 2 * stride) {
        __m512i x[WIDE];
        __m512i y[WIDE];
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) {
            x[v] = load(input + v * BYTES, lanes);
            y[v] = load(input + stride + v * BYTES, lanes);
        }
#pragma GCC unroll 4
        for (int r = 0; r < rows; r++) {
            const __m512i m = matrix(s->rows[r][j]);
            const __m512i n = matrix(s->rows[r][j + 1]);
#pragma GCC unroll 4
            for (int v = 0; v < vectors; v++) {
                sum[r][v] = _mm512_ternarylogic_epi64(
                        sum[r][v], times(x[v], m), times(y[v], n), XOR3);
            }
        }
    }
    if (j < k) {
#pragma GCC unroll 4
        for (int r = 0; r < rows; r++) {
            const __m512i m = matrix(s->rows[r][j]);
#pragma GCC unroll 4
            for (int v = 0; v < vectors; v++) {
                const __m512i x = load(input + v * BYTES, lanes);
                sum[r][v] = _mm512_xor_si512(sum[r][v], times(x, m));
            }
        }
    }
#pragma GCC unroll 4
    for (int r = 0; r < rows; r++) {
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) {
            store(s->out[r] + at + v * BYTES, sum[r][v], lanes);
        }
    }
}

TARGET INLINE void all_tiles(const Sums *s, const int rows) {
    size_t at = 0;
    for (; at + WIDE * BYTES <= s->length; at += WIDE * BYTES) {
        tile(s, at, rows, WIDE, WHOLE);
    }
    switch ((s->length - at) / BYTES) {
    case 3:
        tile(s, at, rows, 3, WHOLE);
        at += 3 * BYTES;
        break;
    case 2:
        tile(s, at, rows, 2, WHOLE);
        at += 2 * BYTES;
        break;
    case 1:
        tile(s, at, rows, 1, WHOLE);
        at += BYTES;
        break;
    default:
        break;
    }
    if (at < s->length) {
        tile(s, at, rows, 1, first(s->length - at));
    }
}

TARGET void tributary_gfni_sums(const Sums *s, int rows) {
    BY_ROWS(rows, all_tiles, s)
}

/* Adds the products of some vectors of the input to every sum. */
TARGET INLINE void add(const Fold *f, size_t at, const int vectors, const Lanes lanes) {
    __m512i x[WIDE];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) {
        x[v] = load(f->input + at + v * BYTES, lanes);
    }
    uint8_t *sum = f->sums + at;
    for (size_t i = 0; i < f->count; i++, sum += f->stride) {
        const __m512i m = matrix(f->coefficients[i]);
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) {
            const __m512i old = load(sum + v * BYTES, lanes);
            store(sum + v * BYTES, _mm512_xor_si512(old, times(x[v], m)), lanes);
        }
    }
}

TARGET void tributary_gfni_fold(const Fold *f) {
    size_t at = 0;
    for (; at + WIDE * BYTES <= f->length; at += WIDE * BYTES) {
        add(f, at, WIDE, WHOLE);
    }
    for (; at + BYTES <= f->length; at += BYTES) {
        add(f, at, 1, WHOLE);
    }
    if (at < f->length) {
        add(f, at, 1, first(f->length - at));
    }
}
