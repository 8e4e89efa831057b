package io.dtx.tidy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Main code comes in small files: the median, nine of ten, and the largest each have a bound. */
final class FileSizes {
    private static final int MEDIAN = 80;
    private static final int NINE_OF_TEN = 250;
    private static final int LARGEST = 500;

    private FileSizes() {}

    static Stream<String> violations(Repository repository) {
        List<SourceFile> bySize = repository
                .main()
                .filter(file -> !file.isPackageInfo())
                .sorted(Comparator.comparingInt(SourceFile::lineCount))
                .toList();
        if (bySize.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(
                        over(bySize.get(bySize.size() / 2), MEDIAN, "is the median"),
                        over(bySize.get((bySize.size() - 1) * 9 / 10), NINE_OF_TEN, "is the ninth of ten by size"),
                        over(bySize.get(bySize.size() - 1), LARGEST, "is the largest"))
                .flatMap(violation -> violation);
    }

    private static Stream<String> over(SourceFile file, int bound, String which) {
        int lines = file.lineCount();
        return lines <= bound
                ? Stream.empty()
                : Stream.of(file.path() + ": has " + lines + " lines, " + which + ", and may have " + bound);
    }
}
