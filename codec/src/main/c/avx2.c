// SPDX-License-Identifier: Apache-2.0
/* AVX2: a product is two lookups in tables of 16, by the lower and by the upper half of a byte. */
#include "paths.h"

#define TARGET __attribute__((target("avx2")))

#define BYTES 32

/* Vectors of an input in one step. */
#define WIDE 2

TARGET INLINE __m256i table(const uint8_t *sixteen) {
    return _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)sixteen));
}

/* The sum plus the products of bytes that are given by their halves. */
TARGET INLINE __m256i plus(__m256i sum, __m256i low, __m256i high, const uint8_t *products) {
    const __m256i lows = _mm256_shuffle_epi8(table(products), low);
    const __m256i highs = _mm256_shuffle_epi8(table(products + 16), high);
    return _mm256_xor_si256(sum, _mm256_xor_si256(lows, highs));
}

TARGET INLINE __m256i low_half(__m256i x) {
    return _mm256_and_si256(x, _mm256_set1_epi8(0x0F));
}

TARGET INLINE __m256i high_half(__m256i x) {
    return low_half(_mm256_srli_epi64(x, 4));
}

static uint8_t times(uint8_t x, const uint8_t *products) {
    return (uint8_t)(products[x & 0x0F] ^ products[16 + (x >> 4)]);
}

/* Some vectors of each row; rows and vectors are constants of the caller. */
TARGET INLINE void tile(const Sums *s, size_t at, const int rows, const int vectors) {
    const size_t k = s->k;
    const uint8_t *input = s->inputs + at;
    __m256i sum[GROUP][WIDE];
#pragma GCC unroll 4
    for (int r = 0; r < rows; r++) {
#pragma GCC unroll 2
        for (int v = 0; v < vectors; v++) {
            sum[r][v] = _mm256_setzero_si256();
        }
    }
    for (size_t j = 0; j < k; j++, input += s->stride) {
        __m256i low[WIDE];
        __m256i high[WIDE];
#pragma GCC unroll 2
        for (int v = 0; v < vectors; v++) {
            const __m256i x = _mm256_loadu_si256((const __m256i *)(input + v * BYTES));
            low[v] = low_half(x);
            high[v] = high_half(x);
        }
#pragma GCC unroll 4
        for (int r = 0; r < rows; r++) {
            const uint8_t *products = tributary_products[s->rows[r][j]];
#pragma GCC unroll 2
            for (int v = 0; v < vectors; v++) {
                sum[r][v] = plus(sum[r][v], low[v], high[v], products);
            }
        }
    }
#pragma GCC unroll 4
    for (int r = 0; r < rows; r++) {
#pragma GCC unroll 2
        for (int v = 0; v < vectors; v++) {
            _mm256_storeu_si256((__m256i *)(s->out[r] + at + v * BYTES), sum[r][v]);
        }
    }
}

/* Symbols shorter than a vector. */
static void bytewise(const Sums *s, int rows) {
    for (int r = 0; r < rows; r++) {
        for (size_t at = 0; at < s->length; at++) {
            uint8_t sum = 0;
            for (size_t j = 0; j < s->k; j++) {
                sum ^= times(s->inputs[at + j * s->stride], tributary_products[s->rows[r][j]]);
            }
            s->out[r][at] = sum;
        }
    }
}

TARGET INLINE void all_tiles(const Sums *s, const int rows) {
    if (s->length < BYTES) {
        bytewise(s, rows);
        return;
    }
    size_t at = 0;
    for (; at + WIDE * BYTES <= s->length; at += WIDE * BYTES) {
        tile(s, at, rows, WIDE);
    }
    if (at + BYTES <= s->length) {
        tile(s, at, rows, 1);
        at += BYTES;
    }
    if (at < s->length) {
        /* Some bytes once more, with the same outcome. */
        tile(s, s->length - BYTES, rows, 1);
    }
}

TARGET void tributary_avx2_sums(const Sums *s, int rows) {
    BY_ROWS(rows, all_tiles, s)
}

TARGET INLINE void add(uint8_t *sum, __m256i x, const uint8_t *products) {
    const __m256i old = _mm256_loadu_si256((const __m256i *)sum);
    const __m256i added = plus(old, low_half(x), high_half(x), products);
    _mm256_storeu_si256((__m256i *)sum, added);
}

TARGET void tributary_avx2_fold(const Fold *f) {
    /* A vector from byte n on is zero in its first BYTES - n bytes. */
    static const uint8_t last_bytes[2 * BYTES] = {[BYTES ... 2 * BYTES - 1] = 0xFF};
    const size_t whole = f->length - f->length % BYTES;
    const size_t left = f->length - whole;
    for (size_t i = 0; i < f->count; i++) {
        const uint8_t *products = tributary_products[f->coefficients[i]];
        uint8_t *sum = f->sums + i * f->stride;
        for (size_t at = 0; at < whole; at += BYTES) {
            add(sum + at, _mm256_loadu_si256((const __m256i *)(f->input + at)), products);
        }
        if (left > 0 && whole > 0) {
            /* The last vector again, with zeros for the bytes that are folded already. */
            const size_t at = f->length - BYTES;
            const __m256i x = _mm256_loadu_si256((const __m256i *)(f->input + at));
            const __m256i mask = _mm256_loadu_si256((const __m256i *)(last_bytes + left));
            add(sum + at, _mm256_and_si256(x, mask), products);
        } else {
            for (size_t at = whole; at < f->length; at++) {
                sum[at] ^= times(f->input[at], products);
            }
        }
    }
}
