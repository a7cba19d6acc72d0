// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ReferenceVectorsTest {
    @Test
    void theFileHasAllItsCases() {
        assertThat(ReferenceCase.encoding()).hasSize(14);
        assertThat(ReferenceCase.decoding()).hasSize(8);
    }

    @ParameterizedTest
    @MethodSource("dev.tributary.codec.ReferenceCase#encoding")
    void theMatrixIsTheReferenceMatrix(ReferenceCase reference) {
        ErasureCode code = code(reference);
        byte[] matrix = new byte[code.n() * code.k()];
        for (int esi = 0; esi < code.n(); esi++) {
            System.arraycopy(code.row(esi), 0, matrix, esi * code.k(), code.k());
        }
        assertThat(ReferenceCase.sha256(matrix)).isEqualTo(reference.text("matrix_sha256"));
        if (reference.has("matrix_rows_hex")) {
            List<String> rows = IntStream.range(code.k(), code.n())
                    .mapToObj(esi -> ReferenceCase.hex(code.row(esi)))
                    .toList();
            assertThat(rows).isEqualTo(reference.list("matrix_rows_hex"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tributary.codec.ReferenceCase#encoding")
    void everyRepairSymbolIsTheReferenceSymbol(ReferenceCase reference) {
        ErasureCode code = code(reference);
        int length = reference.number("len");
        byte[] block = reference.block();
        byte[] repair = new byte[(code.n() - code.k()) * length];
        for (int i = 0; i < code.n() - code.k(); i++) {
            byte[] symbol = new byte[length];
            code.encode(code.k() + i, block, length, symbol, 0);
            System.arraycopy(symbol, 0, repair, i * length, length);
            if (reference.has("parity_hex")) {
                assertThat(ReferenceCase.hex(symbol))
                        .isEqualTo(reference.list("parity_hex").get(i));
            } else {
                assertThat(ReferenceCase.sha256(symbol))
                        .isEqualTo(reference.list("parity_sha256").get(i));
            }
        }
        assertThat(ReferenceCase.sha256(repair)).isEqualTo(reference.text("all_parity_sha256"));
    }

    @ParameterizedTest
    @MethodSource("dev.tributary.codec.ReferenceCase#decoding")
    void everyInverseIsTheReferenceInverse(ReferenceCase reference) {
        int k = reference.number("k");
        int[] received =
                reference.list("received").stream().mapToInt(Integer::parseInt).toArray();
        Interpolation interpolation = new Interpolation(received);
        byte[] inverse = new byte[k * k];
        for (int esi = 0; esi < k; esi++) {
            System.arraycopy(interpolation.row(esi), 0, inverse, esi * k, k);
        }
        assertThat(ReferenceCase.sha256(inverse)).isEqualTo(reference.text("inverse_sha256"));
        if (reference.has("inverse_rows_hex")) {
            assertThat(ReferenceCase.hex(inverse))
                    .isEqualTo(String.join("", reference.list("inverse_rows_hex")));
        }
    }

    private static ErasureCode code(ReferenceCase reference) {
        return new ErasureCode(reference.number("k"), reference.number("n"));
    }
}
