package io.dtx.runtime.walls;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.stream.Stream;

/** What the classes of one package use of another. */
final class Dependencies {
    /**
     * One class uses another, of another package.
     *
     * @param from the package of the user
     * @param to the package of the used
     * @param place where, in words
     */
    record Arrow(String from, String to, String place) {
        @Override
        public String toString() {
            return place;
        }
    }

    private Dependencies() {}

    static Stream<Arrow> between(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependencies::arrow)
                .filter(arrow -> !arrow.from().equals(arrow.to()) && !arrow.to().isEmpty());
    }

    private static Arrow arrow(Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        return new Arrow(
                dependency.getOriginClass().getPackageName(), target.getPackageName(), dependency.getDescription());
    }
}
