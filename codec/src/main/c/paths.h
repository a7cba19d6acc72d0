// SPDX-License-Identifier: Apache-2.0
/*
 * What the two instruction paths share. Freestanding: no C library is used, so one build loads
 * beside any of them, and a compiler without library headers is enough.
 */
#ifndef TRIBUTARY_PATHS_H
#define TRIBUTARY_PATHS_H

/* The compilers' headers would include the C library's for aligned allocation. */
#define _MM_MALLOC_H_INCLUDED
#define __MM_MALLOC_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#define INLINE static inline __attribute__((always_inline))

/* Rows in one pass over the inputs. */
#define GROUP 4

/* Calls an inline function with a constant number of rows: its loops over them vanish. */
#define BY_ROWS(rows, function, sums)         \
    switch (rows) {                           \
    case 1:                                   \
        function(sums, 1);                    \
        break;                                \
    case 2:                                   \
        function(sums, 2);                    \
        break;                                \
    case 3:                                   \
        function(sums, 3);                    \
        break;                                \
    default:                                  \
        function(sums, GROUP);                \
        break;                                \
    }

/* Some bytes of up to GROUP output symbols: each the sum of coefficient times input. */
typedef struct {
    const uint8_t *rows[GROUP]; /* k coefficients each */
    uint8_t *out[GROUP];        /* where the outputs start */
    const uint8_t *inputs;      /* where the first input starts */
    size_t k;
    size_t stride; /* from one input to the next */
    size_t length;
} Sums;

/* Some bytes of one input, times a coefficient each, to be added to several symbols. */
typedef struct {
    const uint8_t *coefficients;
    size_t count;
    const uint8_t *input;
    uint8_t *sums;
    size_t stride; /* from one sum to the next */
    size_t length;
} Fold;

/* For each coefficient: bit i of its product, as a mask of the other factor's bits. */
extern uint64_t tributary_matrices[256];

/* For each coefficient: its products with 0..15, then with 0x00, 0x10 .. 0xF0. */
extern uint8_t tributary_products[256][32];

void tributary_gfni_sums(const Sums *sums, int rows);
void tributary_gfni_fold(const Fold *fold);
void tributary_avx2_sums(const Sums *sums, int rows);
void tributary_avx2_fold(const Fold *fold);

#endif
