package io.dtx.cdi;

import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.types.ParameterizedType;
import jakarta.inject.Provider;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * As what an injection point wants its resource: as its own type, or, behind {@code Instance}, {@code Provider} and what extends
 * them, as what these are asked for.
 */
final class WantedType {

    private WantedType() {}

    /** Returns the type, or null if none is named: what is asked for a wildcard has nothing to give. */
    static @Nullable Class<?> of(Type injected) {
        if (injected instanceof Class<?> type) {
            return Provider.class.isAssignableFrom(type) ? null : type;
        }
        return injected instanceof java.lang.reflect.ParameterizedType lookup
                        && Provider.class.isAssignableFrom((Class<?>) lookup.getRawType())
                ? of(lookup.getActualTypeArguments()[0])
                : null;
    }

    /** Does the same where classes cannot be loaded yet. */
    static @Nullable ClassInfo of(jakarta.enterprise.lang.model.types.Type injected) {
        if (injected.isClass()) {
            ClassInfo type = injected.asClass().declaration();
            return isProvider(type) ? null : type;
        }
        if (!injected.isParameterizedType()) {
            return null;
        }
        ParameterizedType lookup = injected.asParameterizedType();
        return isProvider(lookup.declaration()) ? of(lookup.typeArguments().get(0)) : null;
    }

    private static boolean isProvider(ClassInfo type) {
        return type.name().equals(Provider.class.getName())
                || type.superInterfacesDeclarations().stream().anyMatch(WantedType::isProvider);
    }
}
