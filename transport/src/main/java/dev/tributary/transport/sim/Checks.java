// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.core.Role;
import dev.tributary.transport.core.StreamSnapshot;
import java.util.List;

/** Looks at all nodes now and then: at who supplies whom, and at the size of their books. */
final class Checks {
    /** Between two looks. */
    static final long EVERY_NANOS = 500_000_000;

    private static final int MOST_MEMBERS = 4_096;
    private static final int MOST_STANDBYS = 64;
    private static final int MOST_LINKS = 1_024;

    private final Swarm swarm;
    private final Verdicts verdicts;
    private final SupplyWatch watch;
    private final LiarWatch liars;

    Checks(Swarm swarm, Verdicts verdicts, Scenario scenario) {
        this.swarm = swarm;
        this.verdicts = verdicts;
        watch = new SupplyWatch(verdicts, scenario.load().n());
        liars = new LiarWatch(swarm, verdicts, scenario.malice());
    }

    LiarWatch liars() {
        return liars;
    }

    void look(long now) {
        List<SimNode> nodes = swarm.nodes();
        watch.begin(nodes.size());
        liars.begin();
        for (SimNode node : nodes) {
            if (node.alive() && node.seat().role() != Role.SOURCE) {
                look(node, node.snapshot());
                liars.look(now, node, node.snapshot());
            }
        }
        watch.end();
    }

    private void look(SimNode node, StreamSnapshot figures) {
        for (StreamSnapshot.Peer peer : figures.suppliers()) {
            for (int esi : peer.esis()) {
                watch.takes(node.index(), esi, Links.nodeAt(peer.endpoint()));
            }
        }
        if (figures.members() > MOST_MEMBERS || figures.standbys() > MOST_STANDBYS) {
            String books = figures.members() + " members, " + figures.standbys() + " standbys";
            verdicts.broken(node.index(), books);
        }
        int links = figures.suppliers().size() + figures.receivers().size();
        if (links > MOST_LINKS) {
            verdicts.broken(node.index(), links + " links");
        }
    }
}
