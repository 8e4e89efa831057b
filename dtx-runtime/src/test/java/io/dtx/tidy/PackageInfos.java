package io.dtx.tidy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every package has a package-info.java with a comment and {@code @NullMarked}, in the main or the test code. */
final class PackageInfos {
    private PackageInfos() {}

    static Stream<String> violations(Repository repository) {
        Set<String> described = repository
                .java()
                .filter(SourceFile::isPackageInfo)
                .map(PackageInfos::packageOfModule)
                .collect(Collectors.toSet());
        Stream<String> missing = repository
                .java()
                .filter(file -> !described.contains(packageOfModule(file)))
                .map(file -> file.directory() + ": has no package-info.java")
                .distinct();
        Stream<String> poor = repository
                .java()
                .filter(SourceFile::isPackageInfo)
                .filter(file -> !file.text().contains("/**") || !file.code().contains("@NullMarked"))
                .map(file -> file.path() + ":1: needs a comment and @NullMarked");
        return Stream.concat(missing, poor);
    }

    private static String packageOfModule(SourceFile file) {
        return file.module() + " " + file.javaPackage();
    }
}
