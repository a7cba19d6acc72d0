// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

/** What a node makes of a ticket that it was shown, or that it was not. */
public enum TicketVerdict {
    GOOD(0, "it holds"),
    MISSING(1, "there is none"),
    /** Of another stream, or of another broadcaster's stream with the same name. */
    OTHER_STREAM(2, "it is for another stream"),
    /** Somebody else's, which was copied. */
    OTHER_HOLDER(3, "it is for the key of another node"),
    /** It does not grant what the node wants to do. */
    OTHER_RIGHT(4, "it does not grant this"),
    NOT_YET_VALID(5, "it does not hold yet"),
    EXPIRED(6, "it holds no more"),
    /** The broadcaster did not sign it. */
    FORGED(7, "the broadcaster did not sign it");

    private final int code;
    private final String words;

    TicketVerdict(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** How it is told on the wire. */
    public int code() {
        return code;
    }

    /** The verdict on a ticket in words. */
    public String words() {
        return words;
    }

    /** The words of a verdict that was told. */
    public static String words(int code) {
        for (TicketVerdict verdict : values()) {
            if (verdict.code == code) {
                return verdict.words;
            }
        }
        return "code " + code;
    }
}
