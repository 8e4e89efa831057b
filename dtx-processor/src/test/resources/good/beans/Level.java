package beans;

import jakarta.inject.Qualifier;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@Qualifier
@Repeatable(Level.List.class)
@Retention(RetentionPolicy.RUNTIME)
@interface Level {
    int value();

    @Retention(RetentionPolicy.RUNTIME)
    @interface List {
        Level[] value();
    }
}
