package beans;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Named;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@Stereotype
@Named
@RequestScoped
@Retention(RetentionPolicy.RUNTIME)
@interface Facade {}
