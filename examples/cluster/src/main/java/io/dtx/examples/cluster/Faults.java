package io.dtx.examples.cluster;

import io.dtx.examples.cluster.Fault.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** One fault after the other, now and then two at once; a majority of the members is always left alone. */
final class Faults {
    private static final List<Card> DECK = List.of(
            new Card(Kind.KILL, Role.APPLICATION),
            new Card(Kind.KILL, Role.LEADER),
            new Card(Kind.PAUSE, Role.APPLICATION),
            new Card(Kind.CUT, Role.LEADER),
            new Card(Kind.CUT, Role.APPLICATION),
            new Card(Kind.PAUSE, Role.LEADER),
            new Card(Kind.KILL, Role.FOLLOWER),
            new Card(Kind.PAUSE, Role.FOLLOWER),
            new Card(Kind.CUT, Role.FOLLOWER));
    private static final int CALM_MILLIS = 1_500;

    private final Cluster cluster;
    private final Watch watch;
    private final Random random;
    private final List<Fault> all = new CopyOnWriteArrayList<>();
    private final List<Fault> present = new CopyOnWriteArrayList<>();
    private List<Card> deck = new ArrayList<>(DECK);

    private enum Role {
        LEADER,
        FOLLOWER,
        APPLICATION
    }

    private record Card(Kind kind, Role role) {}

    Faults(Cluster cluster, Watch watch, long seed) {
        this.cluster = cluster;
        this.watch = watch;
        this.random = new Random(seed);
    }

    /** Goes on for so long, and heals. */
    void run(int seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() - end < 0) {
            pause(CALM_MILLIS + random.nextInt(1_000), end);
            if (System.nanoTime() - end < 0) {
                Card card = deal();
                begin(card.kind(), target(card.role()));
                if (card.role() != Role.APPLICATION && random.nextInt(3) == 0) {
                    begin(Kind.values()[random.nextInt(3)], target(Role.APPLICATION));
                }
                boolean killed = card.kind() == Kind.KILL;
                pause((killed ? 1_000 : 2_800) + random.nextInt(1_500), end); // sessions live for 2 s
                heal();
            }
        }
    }

    /** Returns what is done now, for people. */
    List<Fault> present() {
        return List.copyOf(present);
    }

    /** Returns what was done, the last of it healed. */
    List<Fault> all() {
        return List.copyOf(all);
    }

    private void begin(Kind kind, String target) throws IOException, InterruptedException {
        present.add(Fault.of(kind, target, cluster));
    }

    private void heal() throws IOException, InterruptedException {
        for (Fault each : present) {
            all.add(each.heal(cluster));
        }
        present.clear();
    }

    private Card deal() {
        if (deck.isEmpty()) {
            deck = new ArrayList<>(DECK);
            Collections.shuffle(deck, random);
        }
        return deck.remove(0);
    }

    private String target(Role role) {
        String leader = watch.leader();
        List<String> targets = switch (role) {
            case LEADER -> List.of(leader);
            case FOLLOWER ->
                Cluster.MEMBERS.stream().filter(each -> !each.equals(leader)).toList();
            case APPLICATION -> Cluster.APPLICATIONS;
        };
        return targets.get(random.nextInt(targets.size()));
    }

    private static void pause(long millis, long end) throws InterruptedException {
        Thread.sleep(Math.max(0, Math.min(millis, (end - System.nanoTime()) / 1_000_000)));
    }
}
