// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

/** Everything that is counted in a stream, by the name that statistics show. */
public enum Counter {
    DATAGRAMS_IN("datagramsIn"),
    DATAGRAMS_OUT("datagramsOut"),
    WIRE_BYTES_IN("wireBytesIn"),
    WIRE_BYTES_OUT("wireBytesOut"),
    CONTROL_BYTES_IN("controlBytesIn"),
    CONTROL_BYTES_OUT("controlBytesOut"),
    FRAMES_MALFORMED("framesMalformed"),
    FRAMES_UNKNOWN("framesUnknown"),
    SYMBOLS_IN("symbolsIn"),
    SYMBOLS_OUT("symbolsOut"),
    SYMBOLS_DUPLICATE("symbolsDuplicate"),
    SYMBOLS_UNASKED("symbolsUnasked"),
    SYMBOLS_OUT_OF_WINDOW("symbolsOutOfWindow"),
    SYMBOLS_INCONSISTENT("symbolsInconsistent"),
    SYMBOLS_BUILT("symbolsBuilt"),
    SYMBOLS_BACKFILLED("symbolsBackfilled"),
    UPLINK_DROPPED("uplinkDropped"),
    OUTBOX_REFUSED("outboxRefused"),
    BLOCKS_COMPLETE("blocksComplete"),
    BLOCKS_PLAYED("blocksPlayed"),
    BLOCKS_LATE("blocksLate"),
    BLOCKS_GAP("blocksGap"),
    BLOCKS_LOCKED("blocksLocked"),
    BYTES_PLAYED("bytesPlayed"),
    REPAIRS_ASKED("repairsAsked"),
    REPAIRS_RECEIVED("repairsReceived"),
    REPAIRS_ANSWERED("repairsAnswered"),
    REPAIRS_REFUSED("repairsRefused"),
    REPAIRS_TURNED_DOWN("repairsTurnedDown"),
    REQUESTS_REFUSED("requestsRefused"),
    REQUESTS_UNANSWERED("requestsUnanswered"),
    GRANTS("grants"),
    REFUSALS("refusals"),
    PUSH_DOWNS("pushDowns"),
    MOVES("moves"),
    SUSPECTS("suspects"),
    TAKEOVERS("takeovers"),
    LEASES_LAPSED("leasesLapsed"),
    LINKS_LOST("linksLost"),
    LINKS_REFUSED("linksRefused"),
    LINKS_MOVED("linksMoved"),
    HANDSHAKES_REFUSED("handshakesRefused"),
    TICKETS_REFUSED("ticketsRefused"),
    TICKETS_EXPIRED("ticketsExpired"),
    DATAGRAMS_REFUSED("datagramsRefused"),
    PROBES_IGNORED("probesIgnored"),
    ENDS_FORGED("endsForged"),
    MANIFESTS_IN("manifestsIn"),
    MANIFESTS_OUT("manifestsOut"),
    MANIFEST_BYTES_IN("manifestBytesIn"),
    MANIFESTS_ASKED("manifestsAsked"),
    MANIFESTS_REFUSED("manifestsRefused"),
    MANIFESTS_DUPLICATE("manifestsDuplicate"),
    MANIFESTS_UNASKED("manifestsUnasked"),
    MANIFESTS_STALE("manifestsStale"),
    MANIFESTS_FORGED("manifestsForged"),
    BLOCKS_SPOILED("blocksSpoiled"),
    SYMBOLS_WRONG("symbolsWrong"),
    SYMBOLS_SET_ASIDE("symbolsSetAside"),
    RECORDS_IN("recordsIn"),
    RECORDS_ASKED("recordsAsked"),
    RECORDS_GIVEN("recordsGiven"),
    RECORDS_STALE("recordsStale"),
    RECORDS_FORGED("recordsForged"),
    RECORDS_OVER_BUDGET("recordsOverBudget"),
    TOLD_WRONG("toldWrong"),
    POOR_SUPPLIERS("poorSuppliers"),
    LIARS("liars");

    private final String title;

    Counter(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
