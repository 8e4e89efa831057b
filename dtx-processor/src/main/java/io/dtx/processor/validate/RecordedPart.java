package io.dtx.processor.validate;

import io.dtx.processor.model.Definition;
import io.dtx.processor.model.Recorded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A type, or a part of it, that is recorded.
 *
 * @param path where in the type: {@code Order.items}; empty for the type itself and its elements
 * @param recorded how it is recorded
 */
record RecordedPart(String path, Recorded recorded) {

    /** Returns a type with all of its parts, each record once. */
    static List<RecordedPart> of(Recorded recorded, Map<String, Definition> definitions) {
        List<RecordedPart> parts = new ArrayList<>();
        add(new RecordedPart("", recorded), definitions, new HashSet<>(), parts);
        return parts;
    }

    private static void add(
            RecordedPart part, Map<String, Definition> definitions, Set<String> seen, List<RecordedPart> parts) {
        parts.add(part);
        part.recorded.parts().forEach(each -> add(new RecordedPart(part.path, each), definitions, seen, parts));
        if (!(part.recorded instanceof Recorded.Defined defined) || !seen.add(defined.key())) {
            return;
        }
        Definition definition = definitions.get(defined.key());
        String prefix = Names.of(defined.type()).replaceAll("<.*", "") + ".";
        if (definition instanceof Definition.OfRecord record) {
            record.components()
                    .forEach(each ->
                            add(new RecordedPart(prefix + each.name(), each.recorded()), definitions, seen, parts));
        } else if (definition instanceof Definition.OfSealed sealed) {
            sealed.cases()
                    .forEach(each ->
                            add(new RecordedPart(prefix + each.name(), each.recorded()), definitions, seen, parts));
        }
    }
}
