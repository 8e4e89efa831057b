package io.dtx.cdi;

import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.SkipIfPortableExtensionPresent;
import jakarta.enterprise.inject.build.compatible.spi.Types;
import jakarta.enterprise.lang.model.declarations.ClassInfo;

/** Does what {@link DtxExtension} does, in containers of CDI Lite, where the container is made at build time. */
@SkipIfPortableExtensionPresent(DtxExtension.class)
public final class DtxBuildExtension implements BuildCompatibleExtension {

    /** Creates the extension; containers do. */
    public DtxBuildExtension() {}

    /** Keeps an annotated class, and the generated one of a vetoed class, from becoming a bean. */
    @Enhancement(types = Object.class, withSubtypes = true)
    public void vetoOriginal(ClassConfig type, Types types) {
        ClassInfo info = type.info();
        boolean hasGenerated = types.ofClass(Weaving.generatedName(info.name())) != null;
        if (hasGenerated || isGeneratedOfVetoed(info)) {
            type.addAnnotation(Vetoed.class);
        }
    }

    private static boolean isGeneratedOfVetoed(ClassInfo info) {
        ClassInfo superclass = info.superClassDeclaration();
        return superclass != null
                && superclass.hasAnnotation(Vetoed.class)
                && info.name().equals(Weaving.generatedName(superclass.name()));
    }
}
