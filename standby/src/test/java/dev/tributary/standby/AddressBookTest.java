// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AddressBookTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOME = 7;
    private static final long MAX_AGE = AddressBook.MAX_AGE_NANOS;

    private final AddressBook book = new AddressBook(4);

    private static boolean none(int entry) {
        return false;
    }

    /** Enters a node as the callers do: what is known is only refreshed. */
    private static int enter(AddressBook book, long id, long now, long at) {
        int known = book.find(id);
        if (known >= 0) {
            book.heard(known, at);
            return known;
        }
        return book.add(id, HOME, now, at, AddressBookTest::none);
    }

    @Test
    void aBookHoldsOneNodeAtLeast() {
        assertThatThrownBy(() -> new AddressBook(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void whoMovesIsTriedAtOnceAndCountsWithItsNewPrefix() {
        AddressBook small = new AddressBook(3);
        int moved = small.add(1, HOME, 0, 0, AddressBookTest::none);
        small.add(2, HOME + 1, 0, 5, AddressBookTest::none);
        small.add(3, HOME + 1, 0, 6, AddressBookTest::none);
        small.failed(moved, SECOND);
        assertThat(small.mayTry(moved, SECOND)).isFalse();

        small.moved(moved, HOME + 1, SECOND);

        assertThat(small.mayTry(moved, SECOND)).isTrue();
        small.add(4, HOME, SECOND, 1, AddressBookTest::none);
        assertThat(small.find(1)).as("the stalest of the prefix that has most").isEqualTo(-1);
        assertThat(small.size()).isEqualTo(3);
    }

    @Test
    void anEntryIsFoundByItsIdUntilItIsRemoved() {
        int a = book.add(0, HOME, 0, 0, AddressBookTest::none);
        int b = book.add(-7, HOME, 0, 0, AddressBookTest::none);

        assertThat(book.find(0)).isEqualTo(a);
        assertThat(book.find(-7)).isEqualTo(b);
        assertThat(book.find(8)).isEqualTo(-1);
        assertThat(book.size()).isEqualTo(2);

        book.remove(a);
        book.remove(a);

        assertThat(book.find(0)).isEqualTo(-1);
        assertThat(book.holds(a)).isFalse();
        assertThat(book.find(-7)).as("others keep their entry").isEqualTo(b);
        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void aFullBookGivesUpItsStalestEntry() {
        for (int id = 0; id < 4; id++) {
            book.add(
                    id,
                    HOME,
                    10 * SECOND,
                    (10 - (id == 2 ? 9 : id)) * SECOND,
                    AddressBookTest::none);
        }

        int entry = book.add(99, HOME, 10 * SECOND, 10 * SECOND, AddressBookTest::none);

        assertThat(book.find(99)).isEqualTo(entry);
        assertThat(book.find(2)).as("heard of longest ago").isEqualTo(-1);
        assertThat(book.size()).isEqualTo(book.capacity()).isEqualTo(4);
    }

    @Test
    void aPinnedEntryIsNeverGivenUp() {
        for (int id = 0; id < 4; id++) {
            book.add(id, HOME, 10 * SECOND, id * SECOND, AddressBookTest::none);
        }
        int stalest = book.find(0);
        int next = book.find(1);

        book.add(99, HOME, 10 * SECOND, 10 * SECOND, entry -> entry == stalest);

        assertThat(book.find(0)).isEqualTo(stalest);
        assertThat(book.find(99)).isEqualTo(next);
        assertThat(book.add(100, HOME, 10 * SECOND, 10 * SECOND, entry -> true)).isEqualTo(-1);
    }

    @Test
    void staleNewsDoesNotDriveOutFresherEntries() {
        for (int id = 0; id < 4; id++) {
            book.add(id, HOME, 20 * SECOND, 10 * SECOND, AddressBookTest::none);
        }

        assertThat(book.add(99, HOME, 20 * SECOND, 5 * SECOND, AddressBookTest::none))
                .isEqualTo(-1);
        assertThat(book.find(99)).isEqualTo(-1);
    }

    @Test
    void whatNobodyHasHeardOfForAMinuteIsForgotten() {
        int silent = book.add(1, HOME, 0, 0, AddressBookTest::none);
        int heard = book.add(2, HOME, 0, 0, AddressBookTest::none);
        int pinned = book.add(3, HOME, 0, 0, AddressBookTest::none);
        book.heard(heard, SECOND);

        book.expire(MAX_AGE, entry -> entry == pinned);
        assertThat(book.size()).isEqualTo(3);

        book.expire(MAX_AGE + 1, entry -> entry == pinned);
        assertThat(book.holds(silent)).isFalse();
        assertThat(book.holds(heard)).isTrue();
        assertThat(book.holds(pinned)).isTrue();
    }

    @Test
    void newsThatIsTooOldIsNotEntered() {
        assertThat(book.add(1, HOME, MAX_AGE + 1, 0, AddressBookTest::none)).isEqualTo(-1);
        assertThat(book.add(1, HOME, MAX_AGE, 0, AddressBookTest::none)).isNotNegative();
    }

    @Test
    void olderNewsDoesNotMakeAnEntryOlder() {
        int entry = book.add(1, HOME, 10 * SECOND, 9 * SECOND, AddressBookTest::none);

        book.heard(entry, 5 * SECOND);
        assertThat(book.ageNanos(entry, 10 * SECOND)).isEqualTo(SECOND);

        book.heard(entry, 10 * SECOND);
        assertThat(book.ageNanos(entry, 10 * SECOND)).isZero();
    }

    @Test
    void aNodeThatDoesNotAnswerIsLeftAloneTwiceAsLongEachTime() {
        int entry = book.add(1, HOME, 0, 0, AddressBookTest::none);
        assertThat(book.mayTry(entry, 0)).isTrue();

        long now = 0;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 32, 32}) {
            book.failed(entry, now);
            long again = now + seconds * AddressBook.RETRY_NANOS;
            assertThat(book.mayTry(entry, again - 1)).as("before %d s", seconds).isFalse();
            assertThat(book.mayTry(entry, again)).as("after %d s", seconds).isTrue();
            now = again;
        }
    }

    @Test
    void aNodeThatAnswersIsForgivenItsFailures() {
        int entry = book.add(1, HOME, 0, 0, AddressBookTest::none);
        book.failed(entry, 0);
        book.failed(entry, 0);

        book.reached(entry, SECOND / 2);
        assertThat(book.mayTry(entry, SECOND / 2)).isTrue();
        assertThat(book.ageNanos(entry, SECOND / 2)).isZero();

        book.failed(entry, SECOND);
        assertThat(book.mayTry(entry, SECOND + AddressBook.RETRY_NANOS)).isTrue();
    }

    @Test
    void aNewcomerDoesNotInheritTheFailuresOfWhoHadItsPlace() {
        AddressBook one = new AddressBook(1);
        int old = one.add(1, HOME, 0, 0, AddressBookTest::none);
        one.failed(old, SECOND);
        one.failed(old, SECOND);

        int newcomer = one.add(2, HOME, SECOND, SECOND, AddressBookTest::none);

        assertThat(newcomer).isEqualTo(old);
        assertThat(one.mayTry(newcomer, SECOND)).isTrue();
        one.failed(newcomer, SECOND);
        assertThat(one.mayTry(newcomer, SECOND + AddressBook.RETRY_NANOS)).isTrue();
    }

    @Test
    void aForgottenEntryMayNotBeTried() {
        int entry = book.add(1, HOME, 0, 0, AddressBookTest::none);
        book.remove(entry);

        assertThat(book.mayTry(entry, SECOND)).isFalse();
    }

    @Test
    void aSampleHasNoRepeatsAndOnlyWhatPassesTheTest() {
        AddressBook large = filled(50);
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            int most = random.nextInt(60);
            int[] sample = large.sample(most, random, entry -> entry % 2 == 0);

            assertThat(sample).doesNotHaveDuplicates().hasSize(Math.min(most, 25));
            assertThat(Arrays.stream(sample)).allMatch(e -> e % 2 == 0 && large.holds(e));
        }
    }

    @Test
    void everyEntryIsSampledAboutEquallyOften() {
        AddressBook large = filled(50);
        SplittableRandom random = new SplittableRandom(4);
        int[] drawn = new int[50];
        for (int round = 0; round < 10_000; round++) {
            for (int entry : large.sample(5, random, entry -> true)) {
                drawn[entry]++;
            }
        }

        assertThat(drawn).doesNotContain(0);
        for (int count : drawn) {
            assertThat((double) count).isCloseTo(1_000, within(200.0));
        }
    }

    @Test
    void aPrefixIsSampledByTheRootOfItsEntries() {
        AddressBook mixed = new AddressBook(125);
        for (long id = 0; id < 125; id++) {
            mixed.add(id, id < 100 ? HOME : HOME + id, 0, 0, AddressBookTest::none);
        }
        SplittableRandom random = new SplittableRandom(4);
        int crowd = 0;
        for (int round = 0; round < 10_000; round++) {
            crowd += mixed.sample(1, random, entry -> true)[0] < 100 ? 1 : 0;
        }
        assertThat(crowd / 10_000.0)
                .as("a hundred of one prefix weigh as much as ten of ten")
                .isCloseTo(10.0 / 35, within(0.02));
    }

    @Test
    void theSameSeedGivesTheSameSample() {
        AddressBook large = filled(50);
        int[] first = large.sample(10, new SplittableRandom(5), entry -> true);

        assertThat(large.sample(10, new SplittableRandom(5), entry -> true)).isEqualTo(first);
        assertThat(large.sample(10, new SplittableRandom(6), entry -> true)).isNotEqualTo(first);
    }

    @Test
    void aSampleLeavesOutWhatWasRemoved() {
        AddressBook large = filled(10);
        large.remove(3);

        int[] sample = large.sample(10, new SplittableRandom(7), entry -> true);

        assertThat(sample).hasSize(9).doesNotContain(3);
    }

    @Test
    void aBusyBookStaysBoundedWithoutDuplicatesAndAgreesWithAPlainMap() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            AddressBook busy = new AddressBook(16);
            SortedMap<Long, Long> lastHeard = new TreeMap<>();
            for (long now = SECOND; now < 600 * SECOND; now += random.nextLong(SECOND)) {
                long id = random.nextInt(40);
                long at = now - random.nextLong(SECOND / 2);
                if (enter(busy, id, now, at) >= 0) {
                    lastHeard.merge(id, at, Math::max);
                }
                busy.expire(now, AddressBookTest::none);
                checkAgainst(lastHeard, busy, now);
            }
        }
    }

    private static void checkAgainst(SortedMap<Long, Long> lastHeard, AddressBook busy, long now) {
        int[] found = lastHeard.keySet().stream()
                .mapToInt(busy::find)
                .filter(entry -> entry >= 0)
                .toArray();
        assertThat(found).doesNotHaveDuplicates().hasSize(busy.size());
        assertThat(busy.size()).isLessThanOrEqualTo(busy.capacity());
        lastHeard.forEach((id, at) -> {
            int entry = busy.find(id);
            if (entry >= 0) {
                assertThat(busy.ageNanos(entry, now)).isEqualTo(now - at);
                assertThat(now - at).isLessThanOrEqualTo(MAX_AGE);
            }
        });
        int[] all = busy.sample(busy.capacity(), new SplittableRandom(1), entry -> true);
        assertThat(all).as("nothing else is in the book").containsExactlyInAnyOrder(found);
    }

    private static AddressBook filled(int nodes) {
        AddressBook large = new AddressBook(nodes);
        for (int id = 0; id < nodes; id++) {
            large.add(id, HOME, 0, 0, AddressBookTest::none);
        }
        return large;
    }

    private static AddressBook crowded(int size, long prefix) {
        AddressBook book = new AddressBook(size);
        for (int id = 0; id < size; id++) {
            book.add(1_000 + id, prefix, SECOND, SECOND, AddressBookTest::none);
        }
        return book;
    }

    @Test
    void whoFillsTheBookFromOnePrefixKeepsNobodyOut() {
        AddressBook full = crowded(8, HOME);
        for (int id = 0; id < 6; id++) {
            assertThat(full.add(id, 100 + id, SECOND, 0, AddressBookTest::none)).isNotNegative();
        }
        for (int id = 0; id < 50; id++) {
            full.add(2_000 + id, HOME, 2 * SECOND, 2 * SECOND, AddressBookTest::none);
        }
        for (int id = 0; id < 6; id++) {
            assertThat(full.find(id)).as("from its own prefix").isNotNegative();
        }
        assertThat(full.size()).isEqualTo(8);
    }

    @Test
    void theStalestOfTheLargestPrefixGivesWay() {
        AddressBook small = new AddressBook(5);
        small.add(1, 1, 9 * SECOND, 3 * SECOND, AddressBookTest::none);
        small.add(2, 2, 9 * SECOND, SECOND, AddressBookTest::none);
        small.add(3, 2, 9 * SECOND, 2 * SECOND, AddressBookTest::none);
        small.add(4, 3, 9 * SECOND, 0, AddressBookTest::none);
        small.add(5, 2, 9 * SECOND, 4 * SECOND, AddressBookTest::none);
        int pinned = small.find(2);
        small.add(6, 3, 9 * SECOND, SECOND, entry -> entry == pinned);
        assertThat(small.find(3)).isEqualTo(-1);
        assertThat(small.add(7, 1, 9 * SECOND, SECOND, AddressBookTest::none)).isNotNegative();
        assertThat(small.find(4)).as("of two prefixes with two the stalest").isEqualTo(-1);
        assertThat(small.add(8, 2, 9 * SECOND, 0, AddressBookTest::none))
                .as("older news of a prefix that has most")
                .isEqualTo(-1);
    }

    @Test
    void aPrefixThatWasForgottenIsNotCountedAnyMore() {
        AddressBook full = crowded(4, HOME);
        for (int id = 0; id < 3; id++) {
            full.remove(full.find(1_000 + id));
        }
        full.add(1, 5, SECOND, SECOND, AddressBookTest::none);
        full.add(2, 5, SECOND, SECOND, AddressBookTest::none);
        full.add(3, 6, SECOND, SECOND, AddressBookTest::none);
        full.add(4, HOME, 2 * SECOND, 2 * SECOND, AddressBookTest::none);
        assertThat(full.find(1_003)).isNotNegative();
        assertThat(full.find(1)).as("its prefix had most").isEqualTo(-1);
    }
}
