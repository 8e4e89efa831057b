package io.dtx.runtime.log.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dtx.runtime.log.LogDamagedException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests, with a checksum that is wrong and with one that is right. */
class ManifestFuzzTest {

    static Stream<byte[]> known() {
        Manifest manifest = Manifest.first(7);
        return Stream.of(manifest, manifest.withBallot(3, 17))
                .map(each -> each.encode().array());
    }

    @MethodSource("known")
    @FuzzTest(maxDuration = "2m")
    void whatever_the_bytes_are_a_manifest_comes_out_or_a_damage_report(byte[] bytes) {
        decode(bytes);
        if (bytes.length == Manifest.BYTES) {
            seal(bytes, Manifest.BYTES - 8);
            seal(bytes, Manifest.BYTES - 4); // of one with a vote
        }
    }

    private static void seal(byte[] bytes, int place) {
        ByteBuffer sealed = ByteBuffer.wrap(bytes.clone());
        sealed.putInt(place, RecordFormat.crc(sealed, 0, place));
        decode(sealed.array());
    }

    private static void decode(byte[] bytes) {
        Manifest manifest;
        try {
            manifest = Manifest.decode(Path.of("manifest"), ByteBuffer.wrap(bytes));
        } catch (LogDamagedException e) {
            return;
        }
        assertEquals(ByteBuffer.wrap(bytes), manifest.encode());
    }
}
