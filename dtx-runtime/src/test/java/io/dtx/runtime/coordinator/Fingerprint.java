package io.dtx.runtime.coordinator;

/** Mixes numbers, in order, into 64 bits. */
final class Fingerprint {

    private long hash = 0x9E3779B97F4A7C15L;

    Fingerprint add(long number) {
        long mixed = number + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        hash = Long.rotateLeft(hash, 23) * 0xD6E8FEB86659FD93L ^ mixed ^ (mixed >>> 31);
        return this;
    }

    Fingerprint add(byte[] numbers) {
        for (byte number : numbers) {
            add(number);
        }
        return add(numbers.length);
    }

    long value() {
        long mixed = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        return mixed ^ (mixed >>> 33);
    }
}
