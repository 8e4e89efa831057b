package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.TypeNames;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.ModuleElement.ExportsDirective;
import javax.lang.model.element.ModuleElement.OpensDirective;
import javax.lang.model.element.ModuleElement.ProvidesDirective;
import javax.lang.model.element.PackageElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** The runtime makes participants: a named module must let it. */
record ModuleRule(Elements elements) implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        ModuleElement module = elements.getModuleOf(of.type());
        if (module == null || module.isUnnamed() || of.isAbstract()) {
            return;
        }
        String participant = of.packageElement().getQualifiedName() + "." + of.participantName();
        if (!isOpen(module, of.packageElement()) && !provides(module, participant)) {
            problems.add(
                    Message.MODULE_WITHOUT_PROVIDES,
                    Place.of(of.type()),
                    module.getQualifiedName(),
                    of.participantName(),
                    participant);
        }
    }

    private static boolean isOpen(ModuleElement module, PackageElement of) {
        return module.isOpen()
                || ElementFilter.exportsIn(module.getDirectives()).stream()
                        .filter(directive -> directive.getTargetModules() == null)
                        .map(ExportsDirective::getPackage)
                        .anyMatch(of::equals)
                || ElementFilter.opensIn(module.getDirectives()).stream()
                        .map(OpensDirective::getPackage)
                        .anyMatch(of::equals);
    }

    private static boolean provides(ModuleElement module, String participant) {
        return ElementFilter.providesIn(module.getDirectives()).stream()
                .filter(directive -> directive.getService().getQualifiedName().contentEquals(TypeNames.PARTICIPANT))
                .map(ProvidesDirective::getImplementations)
                .flatMap(java.util.List::stream)
                .anyMatch(provider -> provider.getQualifiedName().contentEquals(participant));
    }
}
