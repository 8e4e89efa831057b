package io.dtx.processor.message;

import javax.lang.model.element.TypeElement;

/**
 * Something that is wrong with the user's source.
 *
 * @param message which rule it breaks
 * @param place where
 * @param text the whole text, with the code
 * @param of the class that was judged; the place may be in a superclass
 */
record Problem(Message message, Place place, String text, TypeElement of) {

    /** Returns whether both are the same complaint about the same member, perhaps made for two subclasses. */
    boolean repeats(Problem other) {
        return text.equals(other.text)
                && place.element().equals(other.place.element())
                && String.valueOf(place.value()).equals(String.valueOf(other.place.value()));
    }
}
